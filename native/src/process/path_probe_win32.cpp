#include "process/path_probe.h"

#include <windows.h>

#include <string>

namespace ratchet {

PathKind kind_of(const std::filesystem::path& path) {
  // Asked for its attributes alone: the aliases of packaged programs cannot be opened.
  const DWORD attributes = GetFileAttributesW(path.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return PathKind::nothing;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? PathKind::folder : PathKind::file;
}

std::filesystem::path current_folder() {
  std::wstring folder(GetCurrentDirectoryW(0, nullptr), L'\0');
  folder.resize(GetCurrentDirectoryW(static_cast<DWORD>(folder.size()), folder.data()));
  return folder;
}

}  // namespace ratchet
