// The Error for a failed system call on a file.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace ratchet {

/// As system_error() (core/error.h), with the codes that Folder promises on top: EEXIST is
/// transaction.exists, EXDEV io.cross_device, ENOTEMPTY io.not_empty, EMFILE and ENFILE
/// io.too_many_open, EBUSY io.in_use, EOPNOTSUPP io.unsupported, ENAMETOOLONG path.invalid.
/// `error_number` is an errno.
[[nodiscard]] Error file_error(int error_number, std::string_view what_was_tried,
                               std::string_view path);

/// Whether the error carries this code.
[[nodiscard]] inline bool is(const Error& error, Code code) {
  return error.code().name() == code.name();
}

/// Throws Error{path.outside_root} or {path.invalid} for a path that a Folder cannot resolve:
/// absolute, with an empty, `.` or `..` component, or holding a NUL. An empty path passes.
void check_folder_path(std::string_view path);

/// Throws Error{path.invalid} where the system would read the path only up to its NUL.
void refuse_nul(std::string_view path);

/// What stands before the last `/`, and after it.
struct ParentAndName {
  std::string_view parent;
  std::string_view name;
};
[[nodiscard]] ParentAndName split_path(std::string_view path);

}  // namespace ratchet
