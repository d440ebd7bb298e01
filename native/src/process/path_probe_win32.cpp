#include "process/path_probe.h"

#include <windows.h>

#include <optional>
#include <string>

#include "core/error.h"
#include "core/system_path.h"

namespace ratchet {

namespace {

/// Nothing for one that no file can have.
std::optional<std::wstring> name_of(const std::filesystem::path& path) {
  try {
    return to_system_path(path).native();
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

PathKind kind_of(const std::filesystem::path& path) {
  const auto name = name_of(path);
  if (!name) return PathKind::nothing;
  // Asked for its attributes alone: the aliases of packaged programs cannot be opened.
  const DWORD attributes = GetFileAttributesW(name->c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return PathKind::nothing;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? PathKind::folder : PathKind::file;
}

std::filesystem::path current_folder() {
  std::wstring folder(GetCurrentDirectoryW(0, nullptr), L'\0');
  folder.resize(GetCurrentDirectoryW(static_cast<DWORD>(folder.size()), folder.data()));
  return from_system_path(folder);
}

}  // namespace ratchet
