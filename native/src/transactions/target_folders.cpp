#include "transactions/target_folders.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kFolderMode = 0777;

[[noreturn]] void conflict(const std::string& path, std::string_view what) {
  throw Error("transaction.conflict", "folder " + in_quotes(path) + " " + std::string(what))
      .at(path)
      .hint("run again once nobody else changes the project");
}

}  // namespace

TargetFolders::TargetFolders(std::unique_ptr<Folder> root) : root_(std::move(root)) {
  targets_.push_back({.path = "", .exists = true});
  by_path_.emplace("", 0);
}

std::optional<TargetFolders::Index> TargetFolders::find(std::string_view path) const {
  const auto found = by_path_.find(std::string(path));
  return found == by_path_.end() ? std::nullopt : std::optional(found->second);
}

TargetFolders::Index TargetFolders::plan(std::string_view path) {
  if (const auto known = find(path)) return *known;
  Target target{.path = std::string(path)};
  std::unique_ptr<Folder> folder;
  try {
    folder = open_on_disk(target.path);
    const FileStatus status = *folder->status("");
    target.exists = true;
    target.device = status.device;
    target.inode = status.inode;
  } catch (const Error& error) {
    if (!is(error, "io.not_found")) throw;
  }
  if (!target.exists) target.parent = plan(split_path(path).parent);
  const auto index = static_cast<Index>(targets_.size());
  by_path_.emplace(target.path, index);
  targets_.push_back(std::move(target));
  if (folder) keep_open(index, std::move(folder));
  return index;
}

Folder& TargetFolders::open(Index index) {
  if (index == 0) return *root_;
  const auto held = std::find_if(open_.begin(), open_.end(),
                                 [index](const OpenFolder& open) { return open.first == index; });
  if (held != open_.end()) {
    open_.splice(open_.begin(), open_, held);
    return *open_.front().second;
  }
  const Target& target = targets_[index];
  auto folder = open_on_disk(target.path);
  const FileStatus status = *folder->status("");
  if (status.device != target.device || status.inode != target.inode) {
    conflict(target.path, "is not the one that stood there before");
  }
  return keep_open(index, std::move(folder));
}

std::unique_ptr<Folder> TargetFolders::open_on_disk(const std::string& path) {
  try {
    return root_->open(path, Links::inside);
  } catch (const Error& error) {
    if (!is(error, "io.too_many_open") || open_.empty()) throw;
    close_all();
    return root_->open(path, Links::inside);
  }
}

Folder& TargetFolders::keep_open(Index index, std::unique_ptr<Folder> folder) {
  if (open_.size() == kMostOpen) open_.pop_back();
  open_.emplace_front(index, std::move(folder));
  return *open_.front().second;
}

void TargetFolders::close(Index index) {
  open_.remove_if([index](const OpenFolder& open) { return open.first == index; });
}

void TargetFolders::close_all() {
  open_.clear();
}

void TargetFolders::make(Index index) {
  Target& target = targets_[index];
  const std::string_view name = split_path(target.path).name;
  Folder& parent = open(target.parent);
  try {
    parent.make_folder(name, kFolderMode);
    target.made = true;
  } catch (const Error& error) {
    if (!is(error, "transaction.exists")) throw;
  }
  target.exists = true;
  const auto status = parent.status(name);
  if (!status || status->kind != FileKind::folder) {
    conflict(target.path, "cannot be made: something else stands there");
  }
  target.device = status->device;
  target.inode = status->inode;
}

bool TargetFolders::remove_made(Index index) {
  Target& target = targets_[index];
  const std::string_view name = split_path(target.path).name;
  close(index);
  try {
    Folder& parent = open(target.parent);
    const auto status = parent.status(name);
    const bool same =
        status &&
        (target.inode == 0 || (status->device == target.device && status->inode == target.inode));
    if (status && !same) return false;
    if (status) parent.remove_folder(name);
  } catch (const Error& error) {
    if (is(error, "io.not_empty") || is(error, "transaction.conflict")) return false;
    if (!is(error, "io.not_found")) throw;
  }
  target.made = false;
  target.exists = false;
  return true;
}

}  // namespace ratchet
