// The file systems that the contract of Folder is tried on.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fs/file_system.h"
#include "fs/scratch_folder.h"

namespace ratchet::test {

/// A file system with an empty root, and a hand to put what the seam cannot make.
struct FolderStage {
  std::string name;
  bool follows_links = true;
  bool has_modes = true;        ///< all permission bits; else the one by which the owner writes
  bool exchanges = true;        ///< RenameMode::exchange
  bool removes_at_once = true;  ///< also what is held open
  std::unique_ptr<ScratchFolder> scratch{};
  std::unique_ptr<FileSystem> files{};
  std::filesystem::path root{};
  std::function<void(std::string, std::string)> put_link{};  ///< unset where there are none
  std::function<void(std::string)> put_other{};              ///< as put_link

  [[nodiscard]] std::unique_ptr<Folder> open() const { return files->open_folder(root); }
};

/// The machine's disks, in every way of resolving paths that this system has.
[[nodiscard]] std::vector<FolderStage> disk_stages();

}  // namespace ratchet::test
