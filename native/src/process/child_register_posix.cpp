#include "process/child_register_posix.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "core/error.h"
#include "core/ulid.h"
#include "process/pipe_posix.h"

namespace ratchet {
namespace {

std::string_view inherited_mark() {
  const char* const mark = std::getenv(ChildMarks::kVariable.data());
  return mark == nullptr ? std::string_view() : mark;
}

}  // namespace

Registration::Registration(Registration&& other) noexcept
    : number_(other.number_), slot_(std::exchange(other.slot_, nullptr)) {
}

Registration::~Registration() {
  if (slot_ != nullptr) slot_->store(0);
}

void Registration::set_group(pid_t group) {
  if (slot_ != nullptr) slot_->store(packed({number_, group}));
}

ChildRegister::ChildRegister(std::optional<std::filesystem::path> watchdog)
    : program_(std::move(watchdog)),
      marks_(new_ulid(system_clock(), system_random()), inherited_mark()) {
}

ChildRegister::~ChildRegister() {
  watchdog_.reset();
  if (ChildTable* const table = table_) ::munmap(table, sizeof(ChildTable));
}

Registration ChildRegister::enter() {
  std::uint32_t number = next_number_++;
  if (number == 0) number = next_number_++;  // means a free slot
  return {number, take_slot(number)};
}

void ChildRegister::keep_watched() {
  if (!program_) return;
  const std::lock_guard lock(mutex_);
  if (watchdog_ && watchdog_->is_alive()) return;
  watchdog_.reset();
  if (!map_table()) return;
  try {
    watchdog_.emplace(*program_, memory_, marks_.launcher());
  } catch (const Error&) {  // NOLINT: children run without it, as the header says
  }
}

bool ChildRegister::map_table() {
  if (table_ != nullptr) return true;
  try {
    memory_ = above_standard_streams(Descriptor(::memfd_create("ratchet-children", MFD_CLOEXEC)));
  } catch (const Error&) {
    return false;
  }
  if (!memory_.is_open() || ::ftruncate(memory_.get(), sizeof(ChildTable)) != 0) return false;
  void* const memory =
      ::mmap(nullptr, sizeof(ChildTable), PROT_READ | PROT_WRITE, MAP_SHARED, memory_.get(), 0);
  // All zero from the start: every slot is free.
  if (memory != MAP_FAILED) table_ = static_cast<ChildTable*>(memory);
  return table_ != nullptr;
}

ChildSlot* ChildRegister::take_slot(std::uint32_t number) {
  ChildTable* const table = table_;
  if (table == nullptr) return nullptr;
  const std::uint64_t starting = packed({number, 0});
  for (std::size_t tried = 0; tried < table->size(); ++tried) {
    ChildSlot& slot = (*table)[next_slot_++ % table->size()];
    std::uint64_t free = 0;
    if (slot.compare_exchange_strong(free, starting)) return &slot;
  }
  return nullptr;
}

}  // namespace ratchet
