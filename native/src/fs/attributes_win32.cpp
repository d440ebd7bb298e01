#include "fs/attributes_win32.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/handle_win32.h"
#include "core/hash.h"
#include "fs/file_error.h"
#include "fs/nt_file_win32.h"

namespace ratchet {
namespace {

/// A security descriptor as the kernel gives it: one block that holds all it refers to.
using Security = std::vector<std::byte>;

struct DestroySecurity {
  void operator()(void* descriptor) const { DestroyPrivateObjectSecurity(&descriptor); }
};
using MadeSecurity = std::unique_ptr<void, DestroySecurity>;

/// Flags that say what a file is for, and not what it is.
constexpr DWORD kCarriedFlags = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM |
                                FILE_ATTRIBUTE_ARCHIVE | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED;

bool may_be_left_out(DWORD error) {
  const int number = error_number_of_system(error);
  return number == EACCES || number == EOPNOTSUPP || error == ERROR_INVALID_OWNER ||
         error == ERROR_INVALID_PARAMETER;
}

/// Nothing where the file system has none, or does not show it.
std::optional<Security> security_of(HANDLE file, SECURITY_INFORMATION parts) {
  DWORD size = 0;
  GetKernelObjectSecurity(file, parts, nullptr, 0, &size);
  if (size == 0) return std::nullopt;
  Security descriptor(size);
  if (GetKernelObjectSecurity(file, parts, descriptor.data(), size, &size) == FALSE) {
    return std::nullopt;
  }
  return descriptor;
}

std::uint32_t number_of(PSID owner) {
  if (owner == nullptr || IsValidSid(owner) == FALSE) return 0;
  const std::string_view bytes(static_cast<const char*>(owner), GetLengthSid(owner));
  const Sha256 digest = sha256(bytes);
  std::uint32_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number;
}

/// Sets the list as it stands, with what of it is inherited marked as it is.
void set_access_list(HANDLE file, PSECURITY_DESCRIPTOR descriptor, std::string_view path) {
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision = 0;
  GetSecurityDescriptorControl(descriptor, &control, &revision);
  const SECURITY_INFORMATION inheritance = (control & SE_DACL_PROTECTED) != 0
                                               ? PROTECTED_DACL_SECURITY_INFORMATION
                                               : UNPROTECTED_DACL_SECURITY_INFORMATION;
  if (SetKernelObjectSecurity(file, DACL_SECURITY_INFORMATION | inheritance, descriptor) != FALSE) {
    return;
  }
  if (may_be_left_out(GetLastError())) return;
  throw last_error("set the access list of", path);
}

FILE_BASIC_INFO basic_information(HANDLE file, std::string_view path) {
  FILE_BASIC_INFO information{};
  if (GetFileInformationByHandleEx(file, FileBasicInfo, &information, sizeof information) ==
      FALSE) {
    throw last_error("look at", path);
  }
  return information;
}

void set_flags(HANDLE file, DWORD flags, std::string_view path) {
  FILE_BASIC_INFO information{};  // times of 0 stay what they are
  information.FileAttributes = flags == 0 ? FILE_ATTRIBUTE_NORMAL : flags;
  if (SetFileInformationByHandle(file, FileBasicInfo, &information, sizeof information) == FALSE) {
    throw last_error("set the attributes of", path);
  }
}

Handle open_token() {
  HANDLE token = nullptr;
  if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token) == FALSE) return {};
  return Handle(token);
}

/// The number of an owner that a token names.
template <typename Owner>
std::uint32_t number_in(HANDLE token, TOKEN_INFORMATION_CLASS kind, PSID Owner::*owner) {
  DWORD size = 0;
  GetTokenInformation(token, kind, nullptr, 0, &size);
  if (size == 0) return 0;
  std::vector<std::byte> buffer(size);
  if (GetTokenInformation(token, kind, buffer.data(), size, &size) == FALSE) return 0;
  return number_of(reinterpret_cast<const Owner*>(buffer.data())->*owner);
}

/// An administrator's new files belong to the group of administrators; those, and what the same
/// user made without that right, count as one owner's.
struct ThisUser {
  std::uint32_t itself = 0;
  std::uint32_t as_owner = 0;
};

const ThisUser& this_process() {
  static const ThisUser user = [] {
    const Handle token = open_token();
    return ThisUser{number_in(token.get(), TokenUser, &SID_AND_ATTRIBUTES::Sid),
                    number_in(token.get(), TokenOwner, &TOKEN_OWNER::Owner)};
  }();
  return user;
}

bool has_inheritable_part(PACL list) {
  for (DWORD index = 0; index < list->AceCount; ++index) {
    void* entry = nullptr;
    if (GetAce(list, index, &entry) == FALSE) return false;
    const BYTE flags = static_cast<const ACE_HEADER*>(entry)->AceFlags;
    if ((flags & (OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE)) != 0) return true;
  }
  return false;
}

}  // namespace

std::uint32_t owner_of(HANDLE file) {
  auto descriptor = security_of(file, OWNER_SECURITY_INFORMATION);
  if (!descriptor) return 0;
  PSID owner = nullptr;
  BOOL is_default = FALSE;
  if (GetSecurityDescriptorOwner(descriptor->data(), &owner, &is_default) == FALSE) return 0;
  const std::uint32_t number = number_of(owner);
  const ThisUser& user = this_process();
  return number == user.as_owner ? user.itself : number;
}

std::uint32_t this_user() {
  return this_process().itself;
}

void copy_attributes(HANDLE from, HANDLE to, std::string_view path) {
  if (auto descriptor = security_of(from, DACL_SECURITY_INFORMATION)) {
    set_access_list(to, descriptor->data(), path);
  }
  const DWORD carried = basic_information(from, path).FileAttributes & kCarriedFlags;
  const DWORD own = basic_information(to, path).FileAttributes & FILE_ATTRIBUTE_READONLY;
  set_flags(to, carried | own, path);
}

void inherit_attributes(HANDLE parent, HANDLE made, std::string_view path) {
  constexpr SECURITY_INFORMATION kParts =
      OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  auto from = security_of(parent, kParts);
  if (!from) return;
  const DWORD flags = basic_information(made, path).FileAttributes;
  const BOOL is_folder = (flags & FILE_ATTRIBUTE_DIRECTORY) != 0 ? TRUE : FALSE;
  GENERIC_MAPPING rights{FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_GENERIC_EXECUTE,
                         FILE_ALL_ACCESS};
  const Handle token = open_token();
  PSECURITY_DESCRIPTOR raw = nullptr;
  if (CreatePrivateObjectSecurityEx(
          from->data(), nullptr, &raw, nullptr, is_folder,
          SEF_DACL_AUTO_INHERIT | SEF_AVOID_OWNER_CHECK | SEF_AVOID_PRIVILEGE_CHECK, token.get(),
          &rights) == FALSE) {
    if (may_be_left_out(GetLastError())) return;
    throw last_error("inherit the access list of the folder of", path);
  }
  const MadeSecurity inherited(raw);
  set_access_list(made, inherited.get(), path);
}

bool gives_attributes(HANDLE folder) {
  auto descriptor = security_of(folder, DACL_SECURITY_INFORMATION);
  if (!descriptor) return false;
  BOOL is_there = FALSE;
  BOOL is_default = FALSE;
  PACL list = nullptr;
  if (GetSecurityDescriptorDacl(descriptor->data(), &is_there, &list, &is_default) == FALSE) {
    return false;
  }
  return is_there != FALSE && list != nullptr && has_inheritable_part(list);
}

void set_read_only(HANDLE file, bool read_only, std::string_view path) {
  const DWORD flags = basic_information(file, path).FileAttributes;
  const DWORD wanted =
      (flags & kCarriedFlags) | (read_only ? static_cast<DWORD>(FILE_ATTRIBUTE_READONLY) : 0);
  set_flags(file, wanted, path);
}

}  // namespace ratchet
