// Paths that stay inside a project: what an instance may name.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ratchet {

/// A path relative to a project's root, in UTF-8 with `/`, that cannot name anything outside it by
/// its text alone: no empty, `.` or `..` component, not absolute (a leading `/` or a drive letter),
/// no backslash, NUL or control character, not over 32,767 bytes, no component over 255, none that
/// is a device's name on Windows (`con`, `aux.c`), and none that names a protected folder (below).
/// Links are the FileSystem's concern (Folder resolves beneath its root). A value type; comparisons
/// are by bytes.
class RelativePath {
 public:
  /// Throws Error: path.absolute, path.outside_root, path.protected, path.invalid.
  [[nodiscard]] static RelativePath parse(std::string_view text);
  /// The path of a file that is to be made: path.invalid also for what a checkout on Windows could
  /// not hold (Microsoft, Naming Files, Paths, and Namespaces): a part that ends with a dot or a
  /// blank, or has one of < > : " | ? * in it. What exists already may have such a name.
  [[nodiscard]] static RelativePath parse_new(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The last component.
  [[nodiscard]] std::string_view name() const;
  /// What stands before the last `/`; empty for a path of one component.
  [[nodiscard]] std::string_view parent() const;
  /// The name's ending from its last dot on, `.py`; empty where it has none or starts with it.
  [[nodiscard]] std::string_view extension() const;
  [[nodiscard]] std::vector<std::string_view> components() const;
  /// Equal for two paths that some case-insensitive file system takes for one: NFC, full Unicode
  /// case folding, ignorable code points left out (ext4 and APFS do all three), by utf8proc.
  [[nodiscard]] std::string folded() const;

  friend bool operator==(const RelativePath&, const RelativePath&) = default;
  friend auto operator<=>(const RelativePath&, const RelativePath&) = default;

 private:
  explicit RelativePath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// What no name on Windows can hold, besides separators and control characters (Microsoft, Naming
/// Files, Paths, and Namespaces).
inline constexpr std::string_view kNotInWindowsNames = "<>:\"|?*";
/// Whether Windows would drop the end of this component: a dot or a blank.
[[nodiscard]] bool ends_as_windows_drops(std::string_view component);

/// Whether some file system reads this component as `.git` or `.ratchet`: any case, ignorable code
/// points (HFS+ drops them), trailing dots and spaces and what follows a `:` (NTFS drops them), and
/// the 8.3 names `git~1` and `ratche~1` with any digit. Bytes that are no UTF-8 are compared as
/// they stand.
[[nodiscard]] bool names_protected_folder(std::string_view component);

/// Whether Windows opens a device for this component, whatever ending follows: `con`, `aux.c`.
[[nodiscard]] bool names_device(std::string_view component);

}  // namespace ratchet
