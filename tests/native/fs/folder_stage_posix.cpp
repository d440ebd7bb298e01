#include <doctest/doctest.h>
#include <sys/stat.h>

#include "fs/folder_stage.h"
#include "fs/resolve_posix.h"

namespace ratchet::test {
namespace {

FolderStage posix_stage(Resolution resolution) {
  auto scratch = std::make_unique<ScratchFolder>();
  const std::filesystem::path root = scratch->path();
  const bool by_kernel = resolution == Resolution::kernel;
  FolderStage stage{.name = by_kernel ? "posix, kernel" : "posix, walk",
                    .follows_links = by_kernel,
                    .scratch = std::move(scratch),
                    .files = make_posix_files(resolution),
                    .root = root};
  stage.put_link = [root](const std::string& at, const std::string& target) {
    std::filesystem::create_symlink(target, root / at);
  };
  stage.put_other = [root](const std::string& at) {
    REQUIRE(mkfifo((root / at).c_str(), S_IRUSR | S_IWUSR) == 0);
  };
  return stage;
}

}  // namespace

std::vector<FolderStage> disk_stages() {
  std::vector<FolderStage> all;
  all.push_back(posix_stage(Resolution::kernel));
  all.push_back(posix_stage(Resolution::component_walk));
  return all;
}

}  // namespace ratchet::test
