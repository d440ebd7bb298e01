#include "fs/folder_stage.h"

#include <windows.h>

#include "core/clock.h"
#include "fs/resolve_win32.h"

namespace ratchet::test {
namespace {

bool make_link(const std::filesystem::path& at, const std::filesystem::path& target) {
  const bool leads_to_folder = std::filesystem::is_directory(at.parent_path() / target);
  const DWORD flags = SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE |
                      (leads_to_folder ? static_cast<DWORD>(SYMBOLIC_LINK_FLAG_DIRECTORY) : 0);
  return CreateSymbolicLinkW(at.c_str(), target.c_str(), flags) != FALSE;
}

/// Only some users may make links, and not every system that says so makes one.
bool makes_links() {
  const ScratchFolder scratch;
  return make_link(scratch.path() / "link", "nowhere") &&
         system_files().open_folder(scratch.path())->status("link").has_value();
}

/// Since Windows 10 1709 a name is free as soon as it was removed; before, once nobody holds it.
bool removes_at_once() {
  const ScratchFolder scratch;
  const auto folder = system_files().open_folder(scratch.path());
  const auto held = folder->create("held", 0666);
  folder->remove_file("held");
  return folder->list("").empty();
}

}  // namespace

std::vector<FolderStage> disk_stages() {
  auto scratch = std::make_unique<ScratchFolder>();
  const std::filesystem::path root = scratch->path();
  FolderStage stage{.name = "windows",
                    .follows_links = false,
                    .has_modes = false,
                    .exchanges = false,
                    .removes_at_once = removes_at_once(),
                    .scratch = std::move(scratch),
                    .files = make_win32_files(system_clock()),
                    .root = root};
  if (makes_links()) {
    stage.put_link = [root](const std::string& at, const std::string& target) {
      make_link(root / at, target);
    };
  }
  std::vector<FolderStage> all;
  all.push_back(std::move(stage));
  return all;
}

}  // namespace ratchet::test
