// A text to be judged.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

struct CompilerAnswer;

struct SourceText {
  std::string path;      ///< what findings call it; also tells the language
  std::string language;  ///< a name or alias of the language table; empty: told from path and text
  std::string_view content;  ///< the file's bytes; must outlive the call
  /// What the caller's own judge said, in the units of the language's row in compiler.h, whose word
  /// it counts as; null where that one is to be asked. Passed over for languages without a row.
  const CompilerAnswer* answer = nullptr;
};

}  // namespace ratchet
