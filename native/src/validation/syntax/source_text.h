// A text to be judged.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

struct SourceText {
  std::string path;      ///< what findings call it; also tells the language
  std::string language;  ///< a name or alias of the language table; empty: told from path and text
  std::string_view content;  ///< the file's bytes; must outlive the call
};

}  // namespace ratchet
