#include "fs/resolve_win32.h"

#include <cerrno>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "fs/file_error.h"
#include "fs/name_win32.h"
#include "fs/reading_win32.h"

namespace ratchet {
namespace {

constexpr std::wstring_view kExtended = LR"(\\?\)";
constexpr std::wstring_view kExtendedShare = LR"(\\?\UNC\)";

[[noreturn]] void refuse_link(std::string_view path, Links links) {
  if (links == Links::none) {
    throw Error("io.not_a_folder",
                "folder " + in_quotes(path) + " is reached through a link; a folder is needed here")
        .at(std::string(path));
  }
  throw Error("path.outside_root", "folder " + in_quotes(path) +
                                       " is reached through a link that cannot be followed safely "
                                       "on this system; name the folder itself")
      .at(std::string(path));
}

/// `LONGNA~1`, and also names that only look like that.
bool may_be_short_name(std::wstring_view name) {
  const std::size_t tilde = name.find(L'~');
  return tilde != std::wstring_view::npos && tilde + 1 < name.size() &&
         is_digit(static_cast<char>(name[tilde + 1]));
}

std::wstring_view last_part(std::wstring_view path) {
  return path.substr(path.rfind(L'\\') + 1);  // npos + 1 is 0
}

bool equal_but_for_case(std::wstring_view a, std::wstring_view b) {
  return CompareStringOrdinal(a.data(), static_cast<int>(a.size()), b.data(),
                              static_cast<int>(b.size()), TRUE) == CSTR_EQUAL;
}

void refuse_short_name(HANDLE opened, const std::wstring& name, std::string_view path) {
  if (!may_be_short_name(name)) return;
  const std::wstring location = location_of(opened, path);
  if (equal_but_for_case(last_part(location), name)) return;
  throw Error("path.invalid",
              "path " + in_quotes(path) + " names a file by its short name; use the whole name")
      .at(std::string(path));
}

}  // namespace

std::wstring location_of(HANDLE file, std::string_view path) {
  const DWORD size = GetFinalPathNameByHandleW(file, nullptr, 0, FILE_NAME_NORMALIZED);
  if (size == 0) throw last_error("resolve", path);
  std::wstring text(size, L'\0');
  const DWORD got =
      GetFinalPathNameByHandleW(file, text.data(), static_cast<DWORD>(text.size()), 0);
  if (got == 0 || got >= size) throw last_error("resolve", path);
  text.resize(got);
  if (text.starts_with(kExtendedShare)) return L"\\\\" + text.substr(kExtendedShare.size());
  return text.starts_with(kExtended) ? text.substr(kExtended.size()) : text;
}

Attempt try_open_there(const Place& place, const OpenRequest& request, const NtCall& call) {
  Attempt attempt = try_open_at(place.folder(), place.name, request, call);
  if (attempt.handle.is_open()) refuse_short_name(attempt.handle.get(), place.name, call.path);
  return attempt;
}

Handle open_there(const Place& place, const OpenRequest& request, const NtCall& call) {
  Attempt attempt = try_open_there(place, request, call);
  if (!attempt.handle.is_open()) throw file_error(attempt.error_number, call.what, call.path);
  return std::move(attempt.handle);
}

Handle open_beneath(HANDLE folder, std::string_view path, Links links, Clock& clock) {
  const NtCall call{&clock, "open folder", path};
  Place at{Handle(), folder, {}};
  if (path.empty()) {
    HANDLE same = nullptr;
    if (DuplicateHandle(GetCurrentProcess(), folder, GetCurrentProcess(), &same, 0, FALSE,
                        DUPLICATE_SAME_ACCESS) == FALSE) {
      throw last_error(call.what, path);
    }
    return Handle(same);
  }
  for (std::string_view rest = path;;) {
    const std::size_t slash = rest.find('/');
    at.name = system_name(rest.substr(0, slash), path);
    Handle next = open_there(at, {.access = kHoldsFolder, .options = FILE_DIRECTORY_FILE}, call);
    if (status_of(next.get(), path).kind != FileKind::folder) refuse_link(path, links);
    at.owned = std::move(next);
    if (slash == std::string_view::npos) return std::move(at.owned);
    rest.remove_prefix(slash + 1);
  }
}

std::string resolve_beneath(HANDLE folder, std::string_view path, Clock& clock) {
  if (path.empty()) return {};
  const Handle opened = open_beneath(folder, path, Links::inside, clock);
  const std::wstring root = location_of(folder, path);
  const std::wstring place = location_of(opened.get(), path);
  // The walk has followed no link, so that the place lies beneath the root; a share's root and a
  // drive's end with a separator already.
  const std::size_t begin = root.size() + (root.ends_with(L'\\') ? 0 : 1);
  if (!place.starts_with(root) || place.size() <= begin) return std::string(path);
  const std::wstring beneath = place.substr(begin);
  if (!to_utf8(beneath)) refuse_surrogate(path);
  return std::filesystem::path(beneath).generic_string();
}

Place find_place(HANDLE folder, std::string_view path, Clock& clock) {
  check_folder_path(path);
  const ParentAndName split = split_path(path);
  if (split.name.empty()) throw file_error(EISDIR, "use as a file's name", path);
  Place place{Handle(), folder, system_name(split.name, path)};
  if (!split.parent.empty()) {
    place.owned = open_beneath(folder, split.parent, Links::inside, clock);
  }
  return place;
}

}  // namespace ratchet
