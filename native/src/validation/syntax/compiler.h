// The table of compilers: which program judges which languages, and how it is asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "process/launcher.h"
#include "validation/syntax/language.h"

namespace ratchet {

/// A fault that a compiler named. Lines and columns count from 1, columns in the units of its row;
/// 0 where it said none.
struct CompilerFault {
  std::string message;  ///< one line
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t end_line = 0;
  std::int64_t end_column = 0;
  Severity severity = Severity::error;
};

/// What a compiler said about one text.
struct CompilerAnswer {
  /// undecided: the compiler looked, and what it said proves neither.
  enum class Kind { valid, invalid, unchecked, undecided };

  Kind kind = Kind::unchecked;
  std::string why;                    ///< one line, for undecided and unchecked
  bool is_final = false;              ///< asked in another way it would say the same
  std::vector<CompilerFault> faults;  ///< errors where invalid; warnings may come with valid
};

/// A text on its way to a compiler, in the form that its row asks for; must outlive the run.
struct CompilerText {
  std::size_t number = 0;  ///< the caller's own
  std::string_view text;
  std::string_view kind;    ///< a word: of its frame, or `header` for C and C++
  std::string_view path{};  ///< what its file is called; may be relative
};

/// How texts reach a compiler: all of a child's in frames on its standard input
/// (framed_answers.h), or as files `0.EXT`, `1.EXT`, … of a private folder.
enum class Feed { frames, files };
/// What a compiler is given: the file's bytes, or the text in UTF-8 without a byte order mark.
enum class TextForm { bytes, utf8 };
enum class ColumnUnit { code_points, utf16, bytes };

/// What stands for one start of a compiler.
struct CompilerCall {
  std::string_view script;               ///< of the row, where it has one
  std::filesystem::path folder;          ///< private; empty where the row needs none
  std::span<const std::string> files{};  ///< their names in the folder, for Feed::files
  std::size_t attempt = 0;               ///< from 0; below the row's `attempts`
  std::filesystem::path beside{};        ///< where the only text's own file lies, if that is known
};

/// One row. Whatever a row starts parses and goes no further: nothing of a text runs, nothing that
/// it names is loaded (of C, headers are read), no settings of a project are read, and nothing is
/// written but into the private folder. What no program does under these terms has no row: the
/// compilers of TypeScript are the project's own code.
struct Compiler {
  std::string_view judge;     ///< what results call it
  std::string_view language;  ///< a name of the language table; a language has one row at most
  std::string_view programs;  ///< words parted by spaces; all must be on PATH
  std::string_view install;   ///< what to do where they are not
  Feed feed = Feed::frames;
  TextForm form = TextForm::bytes;
  ColumnUnit columns = ColumnUnit::code_points;
  std::string_view script{};     ///< a file of judges/; empty for none
  bool needs_folder = false;     ///< for the script, or the texts
  std::string_view extension{};  ///< of the texts' files
  std::size_t fewest = 1;        ///< texts that make a further child worth its start
  std::size_t most = 1;          ///< texts of one child
  /// A text that is not accepted is asked about so often, each time in another way; one yes is
  /// enough, and a no counts where it is said each time.
  std::size_t attempts = 1;
  /// The child; its input and limits are not this function's concern.
  Command (*command)(const CompilerCall& call) = nullptr;
  /// One answer for each of the texts, in order; fewer where the child gave up before.
  std::vector<CompilerAnswer> (*read)(const ProcessResult& result,
                                      std::span<const CompilerText> texts) = nullptr;
};

[[nodiscard]] std::span<const Compiler> compilers();

/// The row of a language; null where no compiler judges it.
[[nodiscard]] const Compiler* find_compiler(const Language& language);

/// The programs of a row, one by one.
[[nodiscard]] std::vector<std::string_view> programs_of(const Compiler& compiler);

/// The bytes of a row's script.
[[nodiscard]] std::string_view script_of(const Compiler& compiler);

}  // namespace ratchet
