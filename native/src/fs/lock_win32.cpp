#include "fs/lock_win32.h"

#include <stop_token>

#include "core/patience.h"
#include "fs/attributes_win32.h"
#include "fs/file_error.h"
#include "fs/reading_win32.h"

namespace ratchet {
namespace {

/// One byte far behind any content: locks are mandatory, and the note before it stays readable.
OVERLAPPED lock_range() {
  constexpr DWORD kOffsetHigh = DWORD{1} << 30;
  OVERLAPPED range{};
  range.OffsetHigh = kOffsetHigh;
  return range;
}

bool try_lock(HANDLE file, DWORD exclusive, std::string_view path) {
  OVERLAPPED range = lock_range();
  if (LockFileEx(file, LOCKFILE_FAIL_IMMEDIATELY | exclusive, 0, 1, 0, &range) != FALSE) {
    return true;
  }
  const DWORD error = GetLastError();
  if (error == ERROR_LOCK_VIOLATION || error == ERROR_IO_PENDING) return false;
  throw file_error(error_number_of_system(error), "lock", path);
}

/// Whoever only looks shares the lock for a moment. Where it can be shared nobody has it, and the
/// next attempt may find it free: at once, unless who looks was stopped in that moment.
bool take_lock(HANDLE file, const NtCall& call) {
  constexpr int kAttemptsAtOnce = 100;
  bool taken = false;
  try_patiently(*call.clock, std::stop_token(), [&] {
    for (int attempt = 0; attempt < kAttemptsAtOnce; ++attempt) {
      taken = try_lock(file, LOCKFILE_EXCLUSIVE_LOCK, call.path);
      if (taken || is_lock_held(file, call.path)) return true;
    }
    return false;
  });
  return taken;
}

}  // namespace

void unlock(HANDLE file) {
  OVERLAPPED range = lock_range();
  UnlockFileEx(file, 0, 1, 0, &range);
}

bool is_lock_held(HANDLE file, std::string_view path) {
  if (!try_lock(file, 0, path)) return true;
  unlock(file);
  return false;
}

bool lock_named(HANDLE file, const Place& place, const NtCall& call) {
  if (!take_lock(file, call)) return false;
  const Attempt named = try_open_there(place, {.access = kReadsAttributes}, call);
  if (!named.handle.is_open()) return false;
  const FileStatus locked = status_of(file, call.path);
  const FileStatus there = status_of(named.handle.get(), call.path);
  return locked.inode == there.inode && locked.device == there.device;
}

}  // namespace ratchet
