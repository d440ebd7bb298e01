// Paths that stay inside a project: what an instance may name.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// A path relative to a project's root, in UTF-8 with `/`, that cannot name anything outside it by its
/// text alone: no empty, `.` or `..` component, not absolute, no NUL or control character, no component
/// over 255 bytes, and no component that any system reads as `.git` or `.ratchet` (any case, trailing
/// dots or spaces, `git~1`, ignorable Unicode letters). Links are the FileSystem's concern (Folder
/// resolves beneath its root). A value type; comparisons are by bytes.
class RelativePath {
 public:
  /// Throws Error: path.absolute, path.outside_root, path.protected, path.invalid.
  [[nodiscard]] static RelativePath parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The last component.
  [[nodiscard]] std::string_view name() const;
  /// What stands before the last `/`; empty for a path of one component.
  [[nodiscard]] std::string_view parent() const;
  /// The name's ending from its last dot on, `.py`; empty where it has none or starts with it.
  [[nodiscard]] std::string_view extension() const;
  [[nodiscard]] std::vector<std::string_view> components() const;
  /// Equal for two paths that a case-insensitive file system takes for one (simple Unicode folding after
  /// NFC, by utf8proc).
  [[nodiscard]] std::string folded() const;

  friend bool operator==(const RelativePath&, const RelativePath&) = default;
  friend auto operator<=>(const RelativePath&, const RelativePath&) = default;

 private:
  explicit RelativePath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace ratchet
