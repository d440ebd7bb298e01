#include "transactions/staging.h"

#include <utility>

#include "core/error.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kUsualMode = 0666;

}  // namespace

StagedContent Staging::add(std::string_view content, std::uint32_t mode) {
  const std::string name = slot_name(next_slot_);
  auto file = create(name, mode == 0 ? kUsualMode : mode);
  StagedContent staged;
  staged.slot = next_slot_++;
  failed_.push_back(staged.slot);  // until it is seen to have worked
  file->write(content);
  if (mode != 0) file->set_mode(mode);
  staged.mode = file->status().mode;
  staged.size = content.size();
  staged.hash = sha256(content);
  if (durability_ != Durability::none) window_.push_back(std::move(file));
  if (window_.size() == kWindow) flush();
  failed_.pop_back();
  return staged;
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
