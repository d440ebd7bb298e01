// Waiting for a value to change, by the system's own primitive, in the runtime of GCC 12.
//
// Without one this runtime looks at the value, and then waits for a notification that may have come
// in between: a std::latch, a std::semaphore, or the destruction of a std::stop_callback whose call
// is under way, can wait for ever. Its header names this door for systems that have a primitive;
// it is found before the runtime's own, which it goes on to include.
#ifndef RATCHET_MINGW_ATOMIC_WAIT_H
#define RATCHET_MINGW_ATOMIC_WAIT_H

#pragma GCC system_header

#include <bits/c++config.h>
#include <bits/chrono.h>

#include <cstdint>

// Of synchapi.h, without all of windows.h for everybody who includes <atomic>.
extern "C" {
__declspec(dllimport) int __stdcall WaitOnAddress(volatile void*, void*, std::size_t,
                                                  unsigned long);
__declspec(dllimport) void __stdcall WakeByAddressSingle(void*);
__declspec(dllimport) void __stdcall WakeByAddressAll(void*);
}

namespace std::__detail {

/// May return early: callers look again.
template <typename Value>
void __platform_wait(const Value* address, uint64_t old) noexcept {
  static_assert(sizeof(Value) == sizeof(old));
  constexpr unsigned long kForEver = 0xFFFFFFFF;
  WaitOnAddress(const_cast<Value*>(address), &old, sizeof(old), kForEver);
}

/// False once the time has passed.
template <typename TimePoint>
bool __platform_wait_until(const uint64_t* address, uint64_t old, const TimePoint& until) {
  constexpr chrono::milliseconds kLongest{0xFFFFFFFE};
  const auto left = chrono::ceil<chrono::milliseconds>(until - TimePoint::clock::now());
  if (left.count() <= 0) return false;
  WaitOnAddress(const_cast<uint64_t*>(address), &old, sizeof(old),
                static_cast<unsigned long>((left < kLongest ? left : kLongest).count()));
  return TimePoint::clock::now() < until;
}

template <typename Value>
void __platform_notify(const Value* address, bool all) noexcept {
  void* const waited_for = const_cast<Value*>(address);
  all ? WakeByAddressAll(waited_for) : WakeByAddressSingle(waited_for);
}

}  // namespace std::__detail

#define _GLIBCXX_HAVE_PLATFORM_WAIT 1
#define _GLIBCXX_HAVE_PLATFORM_TIMED_WAIT

#endif

#include_next <bits/atomic_wait.h>
