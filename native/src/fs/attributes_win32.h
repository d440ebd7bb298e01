// What files and folders carry beside their bytes and names: owner, access list, attributes.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string_view>

namespace ratchet {

// All take open handles; `path` is for messages. What this user may not give, or the file system
// does not have, is left out; any other failure is an Error: io.*. Owners, auditing lists and
// alternate streams are not carried over.

inline constexpr ACCESS_MASK kReadsAttributes = FILE_READ_ATTRIBUTES | READ_CONTROL;
inline constexpr ACCESS_MASK kGivesAttributes = FILE_WRITE_ATTRIBUTES | WRITE_DAC;

/// A number for the owner of an open file, equal for equal owners; 0 where it is not told.
[[nodiscard]] std::uint32_t owner_of(HANDLE file);
/// The number of the user of this process, which is also that of its new files' owner.
[[nodiscard]] std::uint32_t this_user();

/// Gives `to` the access list of `from`, and the flags hidden, system, archive and not indexed.
void copy_attributes(HANDLE from, HANDLE to, std::string_view path);

/// Gives `made` the access list that it would have got by being made in `parent`.
void inherit_attributes(HANDLE parent, HANDLE made, std::string_view path);

/// Whether `folder` hands any part of its access list on to what is made in it.
[[nodiscard]] bool gives_attributes(HANDLE folder);

/// The flag by which a file refuses to be written.
void set_read_only(HANDLE file, bool read_only, std::string_view path);

}  // namespace ratchet
