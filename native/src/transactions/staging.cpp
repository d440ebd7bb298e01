#include "transactions/staging.h"

#include <optional>
#include <utility>

#include "core/error.h"
#include "core/hash.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kUsualMode = 0666;
constexpr std::uint32_t kPrivateMode = 0600;
constexpr std::uint32_t kFolderMode = 0777;

/// A file that hashes and counts what is written through it.
class HashingFile final : public WritableFile {
 public:
  explicit HashingFile(WritableFile& file) : file_(&file) {}
  void write(std::string_view bytes) override {
    file_->write(bytes);
    hash_.update(bytes);
    size_ += bytes.size();
  }
  void start_sync() override { file_->start_sync(); }
  void sync() override { file_->sync(); }
  void set_mode(std::uint32_t mode) override { file_->set_mode(mode); }
  FileStatus status() override { return file_->status(); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Sha256 hash() { return hash_.finish(); }

 private:
  WritableFile* file_;
  Sha256Stream hash_;
  std::uint64_t size_ = 0;
};

}  // namespace

StagedContent Staging::add(std::string_view content, std::uint32_t mode, const LikeFile& like) {
  return stage([content](WritableFile& file) { file.write(content); }, mode, like);
}

StagedContent Staging::copy(Folder& folder, std::string_view name, std::uint32_t mode,
                            const LikeFile& like) {
  return stage([&folder, name](WritableFile& file) { folder.copy_to(name, file); }, mode, like);
}

StagedContent Staging::stage(const Fill& fill, std::uint32_t mode, const LikeFile& like) {
  const bool is_new = like.old_file.empty();
  if (mode == 0 && !is_new) mode = like.folder->status(like.old_file).value_or(FileStatus{}).mode;
  const std::string name = slot_name(next_slot_);
  auto file = create(name, mode == 0 ? kUsualMode : kPrivateMode);
  StagedContent staged;
  staged.slot = next_slot_++;
  failed_.push_back(staged.slot);  // until it is seen to have worked
  HashingFile hashing(*file);
  fill(hashing);
  if (!is_new) {
    folder_->copy_attributes(name, *like.folder, like.old_file);
  } else if (like.folder != nullptr) {
    folder_->inherit_attributes(name, *like.folder);
  }
  if (mode != 0) hashing.set_mode(mode);
  staged.state = {.kind = StateKind::file,
                  .mode = hashing.status().mode,
                  .size = hashing.size(),
                  .hash = hashing.hash()};
  if (durability_ != Durability::none) window_.push_back(std::move(file));
  if (window_.size() == kWindow) flush();
  failed_.pop_back();
  return staged;
}

StagedContent Staging::link(std::string_view target) {
  StagedContent staged;
  staged.slot = next_slot_++;
  folder_->make_link(slot_name(staged.slot), target);
  staged.state = {.kind = StateKind::link, .mode = 0, .size = 0, .hash = sha256(target)};
  return staged;
}

void Staging::make_folder(std::uint32_t slot, const LikeFile& like) {
  reserve(slot + 1);
  folder_->make_folder(slot_name(slot), kFolderMode);
  if (!like.old_file.empty()) {
    folder_->copy_attributes(slot_name(slot), *like.folder, like.old_file);
  } else if (like.folder != nullptr) {
    folder_->inherit_attributes(slot_name(slot), *like.folder);
  }
}

void Staging::remove_failed() {
  while (!failed_.empty()) {
    try {
      folder_->remove_file(slot_name(failed_.back()));
    } catch (const Error& error) {
      if (!is(error, "io.not_found")) throw;
    }
    failed_.pop_back();
  }
}

std::unique_ptr<WritableFile> Staging::create(const std::string& name, std::uint32_t mode) {
  try {
    return folder_->create(name, mode);
  } catch (const Error& error) {
    if (!is(error, "io.too_many_open") || !free_descriptors()) throw;
    return folder_->create(name, mode);
  }
}

bool Staging::free_descriptors() {
  if (window_.empty()) return false;
  flush();
  return true;
}

void Staging::flush() {
  const auto window = std::exchange(window_, {});
  for (const auto& file : window)
    file->start_sync();
  for (const auto& file : window)
    file->sync();
}

}  // namespace ratchet
