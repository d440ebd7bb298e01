// Whether texts are well-formed in their languages: many at once, each by the best judge that is
// here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cancel.h"
#include "core/finding.h"
#include "core/limits.h"
#include "process/launcher.h"
#include "validation/syntax/language.h"

namespace ratchet {

/// One text to be judged; it need not be on disk.
struct SourceText {
  std::string path;      ///< what findings call it; also tells the language
  std::string language;  ///< a name or alias of the language table; empty: told from path and `#!`
  std::string_view content;  ///< the file's bytes; must outlive the call
};

/// What was found out about one text.
struct SyntaxVerdict {
  std::string path;
  std::string language;    ///< as in the language table; empty when it is not known
  std::string checked_by;  ///< "python", "grammar", "reader", or "none" when nobody could
  /// true: its compiler or reader accepts it. false: an error finding says where and why. Nothing:
  /// it could not be checked, or only a grammar looked, which accepts more than compilers do.
  std::optional<bool> valid;
  std::vector<Finding> findings;
};

/// Judges by the table in language.h:
/// - python by its own compiler, all texts in one child (PythonCompiler);
/// - JSON and YAML by our readers;
/// - the rest, and python where there is no python3, by tree-sitter grammars on several threads. A
/// part
///   that does not fit is an error (`valid` false) where the grammar's word is certain, else a
///   warning.
///
/// Findings are `syntax.error` or the reader's own codes, at most `findings_per_file` for each
/// text. "Could not check" is a `check.unavailable` warning. A text whose language nobody knows
/// gets `syntax.unknown_language`: as information, or as a warning when the language was named.
/// Nothing is written, and no code of the texts runs.
class SyntaxChecker {
 public:
  SyntaxChecker(Launcher& launcher, const Limits& limits) : launcher_(launcher), limits_(limits) {}

  /// One verdict for each text, in order. Thread-safe. Throws Error{job.cancelled}.
  [[nodiscard]] std::vector<SyntaxVerdict> check(std::span<const SourceText> sources,
                                                 const Cancellation& cancellation);

 private:
  Launcher& launcher_;
  Limits limits_;
};

}  // namespace ratchet
