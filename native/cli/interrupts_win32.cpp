#include <windows.h>

#include <atomic>

#include "interrupts.h"

namespace ratchet::cli {
namespace {

std::atomic<int> interrupts_seen = 0;

/// In a thread of the system's own.
BOOL WINAPI count_interrupt(DWORD kind) {
  ++interrupts_seen;
  // After the return of the others the system ends the process at once: the job is given what time
  // there is, some seconds.
  const bool is_end = kind != CTRL_C_EVENT && kind != CTRL_BREAK_EVENT;
  if (is_end) Sleep(INFINITE);
  return TRUE;
}

}  // namespace

struct InterruptWatch::Before {};

InterruptWatch::InterruptWatch() {
  interrupts_seen = 0;
  SetConsoleCtrlHandler(count_interrupt, TRUE);
}

InterruptWatch::~InterruptWatch() {
  SetConsoleCtrlHandler(count_interrupt, FALSE);
}

int InterruptWatch::count() {
  return interrupts_seen;
}

}  // namespace ratchet::cli
