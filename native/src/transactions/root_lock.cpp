#include "transactions/root_lock.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{5};
constexpr milliseconds kLongestPause{100};

/// Between half of the pause and all of it.
milliseconds jittered(milliseconds pause, Random& random) {
  constexpr int kByteValues = 256;
  std::array<std::byte, 1> byte{};
  random.fill(byte);
  const milliseconds half = pause / 2;
  return pause - half * std::to_integer<int>(byte[0]) / kByteValues;
}

[[noreturn]] void give_up(StateFolder& state) {
  std::string note = state.lock_note();
  while (note.ends_with('\n'))
    note.pop_back();
  const std::string holder = note.empty() ? std::string() : " (" + in_quotes(note) + ")";
  throw Error("transaction.locked", "another transaction holds this project" + holder)
      .hint("try again when it has ended");
}

}  // namespace

std::unique_ptr<FileLock> lock_root(StateFolder& state, Clock& clock, Random& random,
                                    milliseconds longest, const Cancellation& cancellation) {
  const std::string note = "since " + rfc3339(clock.utc());
  const SteadyTime end = clock.steady() + longest;
  for (milliseconds pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    cancellation.check();
    if (auto lock = state.try_lock(note)) return lock;
    const SteadyTime now = clock.steady();
    if (now >= end) give_up(state);
    const auto left = std::chrono::ceil<milliseconds>(end - now);
    clock.wait_for(std::min(jittered(pause, random), left), cancellation.graceful);
  }
}

}  // namespace ratchet
