#include "transactions/target_folders.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

/// Whether `path` is `folder` or lies in it.
bool lies_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) &&
         (path.size() == folder.size() || folder.empty() || path[folder.size()] == '/');
}

}  // namespace

TargetFolders::TargetFolders(std::unique_ptr<Folder> root) : root_(std::move(root)) {
}

std::shared_ptr<Folder> TargetFolders::open(std::string_view path) {
  if (path.empty()) return root_;
  const auto held = std::find_if(open_.begin(), open_.end(),
                                 [path](const OpenFolder& open) { return open.first == path; });
  if (held != open_.end()) {
    open_.splice(open_.begin(), open_, held);
    return open_.front().second;
  }
  std::string text(path);
  std::shared_ptr<Folder> folder = open_on_disk(text);
  const FileStatus status = *folder->status("");
  const auto [seen, is_new] = seen_.try_emplace(text, Identity{status.device, status.inode});
  if (!is_new && (seen->second.device != status.device || seen->second.inode != status.inode)) {
    throw Error("transaction.conflict",
                "folder " + in_quotes(path) + " is not the one that stood there before")
        .at(text)
        .hint("run again once nobody else changes the project");
  }
  if (open_.size() == kMostOpen) open_.pop_back();
  open_.emplace_front(std::move(text), folder);
  return folder;
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

std::shared_ptr<Folder> TargetFolders::open_if_there(std::string_view path) {
  try {
    return open(path);
  } catch (const Error& error) {
    if (!is(error, "io.not_found") && !is(error, "io.not_a_folder")) throw;
    return nullptr;
  }
}

std::shared_ptr<Folder> TargetFolders::open_nearest(std::string_view path) {
  for (;; path = split_path(path).parent) {
    if (auto folder = open_if_there(path)) return folder;
  }
}

std::optional<FileDigest> TargetFolders::digest(std::string_view path) {
  const ParentAndName split = split_path(path);
  const auto folder = open_if_there(split.parent);
  if (!folder) return std::nullopt;
  try {
    return folder->digest(split.name);
  } catch (const Error& error) {
    if (!is(error, "io.too_many_open") || open_.empty()) throw;
    close_all();
    return folder->digest(split.name);
  }
}

bool TargetFolders::is_in_use(std::string_view path) {
  const ParentAndName split = split_path(path);
  const auto folder = open_if_there(split.parent);
  return folder && folder->is_in_use(split.name);
}

std::string TargetFolders::resolve(std::string_view path) {
  const ParentAndName split = split_path(path);
  if (split.parent.empty()) return std::string(path);
  const std::string parent(split.parent);
  auto known = resolved_.find(parent);
  if (known == resolved_.end()) {
    std::string resolved;
    try {
      resolved = root_->resolve(parent);
    } catch (const Error& error) {
      if (!is(error, "io.not_found") && !is(error, "io.not_a_folder")) throw;
      resolved = resolve(parent);
    }
    known = resolved_.emplace(parent, std::move(resolved)).first;
  }
  if (known->second.empty()) return std::string(split.name);
  return known->second + "/" + std::string(split.name);
}

void TargetFolders::close_all() {
  open_.clear();
}

void TargetFolders::forget(std::string_view path) {
  std::erase_if(seen_, [path](const auto& seen) { return lies_in(seen.first, path); });
  open_.remove_if([path](const OpenFolder& open) { return lies_in(open.first, path); });
}

}  // namespace ratchet
