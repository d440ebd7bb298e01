// Finding a path beneath an open folder, one component at a time, so that no link, short name or
// swapped parent leads out of it.
#pragma once

#include <windows.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/handle_win32.h"
#include "fs/file_system.h"
#include "fs/nt_file_win32.h"

namespace ratchet {

/// What is asked of a folder that is held open.
inline constexpr ACCESS_MASK kHoldsFolder =
    FILE_LIST_DIRECTORY | FILE_TRAVERSE | FILE_READ_ATTRIBUTES | READ_CONTROL;

/// The subfolder at `path` (checked by check_folder_path; empty is the folder itself). A link on
/// the way is refused: Error{io.not_a_folder} for Links::none, {path.outside_root} for
/// Links::inside, because nothing here can tell in one step where it leads. Other errors: as
/// Folder's, and path.invalid (name_win32.h).
[[nodiscard]] Handle open_beneath(HANDLE folder, std::string_view path, Links links, Clock& clock);

/// The same subfolder's path beneath `folder` as the disk spells it. Error: as open_beneath().
[[nodiscard]] std::string resolve_beneath(HANDLE folder, std::string_view path, Clock& clock);

/// A name in a folder held open.
struct Place {
  Handle owned;  ///< unset where the name stands in the folder itself
  HANDLE borrowed = nullptr;
  std::wstring name;
  [[nodiscard]] HANDLE folder() const { return owned.is_open() ? owned.get() : borrowed; }
};

/// Error: as open_beneath(); io.not_a_file for an empty path.
[[nodiscard]] Place find_place(HANDLE folder, std::string_view path, Clock& clock);

/// What stands there, links not followed; an unopened handle with the errno where it cannot be
/// opened. Throws Error{path.invalid} where it was found by its short name (`LONGNA~1`), under
/// which one file would have two paths.
[[nodiscard]] Attempt try_open_there(const Place& place, const OpenRequest& request,
                                     const NtCall& call);
/// The same with every failure an Error.
[[nodiscard]] Handle open_there(const Place& place, const OpenRequest& request, const NtCall& call);

/// Where an open file lies, without links: `C:\a`. Error: io.*.
[[nodiscard]] std::wstring location_of(HANDLE file, std::string_view path);

/// The machine's disks, waiting by the clock given; system_files() is the one by system_clock().
[[nodiscard]] std::unique_ptr<FileSystem> make_win32_files(Clock& clock);

}  // namespace ratchet
