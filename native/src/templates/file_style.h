// How new files are written in a project: what its .editorconfig and .gitattributes say.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.h"
#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/file_system.h"
#include "templates/git_attributes.h"

namespace ratchet {

/// What is asked of one file; nothing where nobody speaks of it.
struct FileStyle {
  enum class Charset { utf8, utf8_bom, utf16_le, utf16_be, latin1 };
  LineEnd line_end = LineEnd::none;
  std::optional<Charset> charset;
  bool final_newline = false;  ///< a text that is not empty ends with a line end

  friend bool operator==(const FileStyle&, const FileStyle&) = default;
};

/// That of a file that is there: its own line ends and encoding.
[[nodiscard]] FileStyle style_of_content(std::string_view bytes);

/// The content as the style asks for; what is no text (a NUL, malformed UTF-8) as it is. Throws
/// Error{text.not_latin1} that names `path` and the character.
[[nodiscard]] std::string in_style(std::string content, const FileStyle& style,
                                   const std::string& path);

/// Reads both files of a folder once. Of EditorConfig it follows end_of_line, charset and
/// insert_final_newline = true, of Git's attributes text, eol and the macros; Git goes before
/// EditorConfig on line ends, because a checkout would undo anything else. Indentation and blanks
/// at line ends are the template's: in a string they mean something. What neither knows is passed
/// over, as their own readers do. One thread at a time.
class FileStyles {
 public:
  /// `top` is the folder where the search ends, `base` the root that paths start from, relative to
  /// it; empty for the same (transactions/home.h). A file above `top` says nothing.
  FileStyles(FileSystem& files, std::filesystem::path top, std::string base, const Limits& limits);
  ~FileStyles();

  /// Throws io.* and limit.input_size where a file of those that speak cannot be read.
  [[nodiscard]] FileStyle of(const RelativePath& path);

 private:
  struct Speaker;  ///< both files of one folder
  [[nodiscard]] const Speaker& speaker(const std::string& folder);
  [[nodiscard]] std::optional<std::string> read(const std::string& folder, std::string_view name);

  FileSystem& files_;
  const std::filesystem::path top_;
  const std::string base_;
  const Limits limits_;
  std::unique_ptr<Folder> folder_;  ///< of `top`; links that lead out say nothing
  GitAttributes::Macros macros_ = GitAttributes::built_in_macros();
  std::map<std::string, std::unique_ptr<const Speaker>> speakers_;  ///< by folder beneath `top`
};

}  // namespace ratchet
