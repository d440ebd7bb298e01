// The patterns by which .editorconfig and .gitattributes say which files they speak of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/regex.h"

namespace ratchet {

/// A compiled pattern for paths relative to the folder of the file that it stands in. Immutable.
class PathGlob {
 public:
  /// EditorConfig (specification 0.17.2, Glob Expressions): `*` all but `/`, `**` anything, `?` one
  /// character but `/`, `[ab]`, `[!ab]`, `{a,b}`, `{1..9}`, a backslash before what stands for
  /// itself. A pattern without `/` is for names at any depth. Nothing for one that cannot match: a
  /// range of more than 1,000 numbers, or what is too long for core/regex.h.
  [[nodiscard]] static std::optional<PathGlob> editorconfig(std::string_view glob);
  /// Git (gitattributes, gitignore: PATTERN FORMAT): the same without braces; `**/` any folders,
  /// `/**` all beneath, other `**` as `*`. Nothing for a pattern of folders (`a/`) or one that
  /// begins with `!`, which attributes do not have.
  [[nodiscard]] static std::optional<PathGlob> gitattributes(std::string_view glob);

  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  explicit PathGlob(Regex regex) : regex_(std::move(regex)) {}
  [[nodiscard]] static std::optional<PathGlob> compiled(const std::string& pattern);

  Regex regex_;
};

}  // namespace ratchet
