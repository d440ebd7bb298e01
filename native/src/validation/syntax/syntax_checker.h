// Whether texts are well-formed in their languages: many at once, each by the best judge that is
// here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/finding.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "process/launcher.h"
#include "validation/syntax/source_text.h"

namespace ratchet {

/// What was found out about one text.
struct SyntaxVerdict {
  std::string path;
  std::string language;    ///< as in the language table; empty when it is not known
  std::string checked_by;  ///< a judge of the compiler table, "grammar", "reader", or "none"
  /// true: its compiler or reader accepts it. false: an error finding says where and why. Nothing:
  /// it could not be checked, or only a grammar looked, which accepts more than compilers do.
  std::optional<bool> valid;
  std::vector<Finding> findings;
};

/// What the checker touches of the world.
struct SyntaxSeams {
  FileSystem& files;  ///< for private folders, and for package.json above absolute paths
  Launcher& launcher;
  Clock& clock;
  Random& random;
};

struct SyntaxOptions {
  std::size_t threads = 1;  ///< of ours, and children at a time
  /// Languages for which no child is started, because the caller judges them himself; of these the
  /// grammar says what it can. Names of the language table.
  std::vector<std::string> host_judges{};
};

/// Judges by the tables in language.h and compiler.h:
/// - a language that has a compiler here by that, many texts a child, several children at once
///   (compiler_runs.h);
/// - JSON, YAML, TOML and XML by readers of our own;
/// - the rest, and what its compiler could not say anything about, by tree-sitter grammars. A part
///   that does not fit is an error (`valid` false) where the grammar's word is certain, else a
///   warning.
///
/// JavaScript that node refuses but that is well-formed with JSX or types of Flow in it is
/// undecided.
///
/// Findings are `syntax.error` or the JSON and YAML reader's own codes, at most `findings_per_file`
/// for each text. "Could not check" is a `check.unavailable` warning that says what to install. A
/// text whose language nobody knows gets `syntax.unknown_language`: as information, or as a warning
/// when the language was named. Nothing is written but for private folders (private_folder.h), and
/// no code of the texts or their project runs.
class SyntaxChecker {
 public:
  SyntaxChecker(SyntaxSeams seams, const Limits& limits, SyntaxOptions options)
      : seams_(seams), limits_(limits), options_(std::move(options)) {}

  /// One verdict for each text, in order. Thread-safe. Throws Error{job.cancelled}.
  [[nodiscard]] std::vector<SyntaxVerdict> check(std::span<const SourceText> sources,
                                                 const Cancellation& cancellation);

 private:
  SyntaxSeams seams_;
  Limits limits_;
  SyntaxOptions options_;
};

}  // namespace ratchet
