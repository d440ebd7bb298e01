#include "interrupts.h"

namespace ratchet::cli {
namespace {

volatile std::sig_atomic_t interrupts_seen = 0;

extern "C" void count_interrupt(int /*signal*/) {
  interrupts_seen = interrupts_seen + 1;
}

}  // namespace

InterruptWatch::InterruptWatch() {
  interrupts_seen = 0;
  struct sigaction action {};
  action.sa_handler = count_interrupt;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, &old_interrupt_);
  sigaction(SIGTERM, &action, &old_terminate_);
  sigaction(SIGHUP, nullptr, &old_hangup_);
  if (old_hangup_.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

InterruptWatch::~InterruptWatch() {
  sigaction(SIGINT, &old_interrupt_, nullptr);
  sigaction(SIGTERM, &old_terminate_, nullptr);
  sigaction(SIGHUP, &old_hangup_, nullptr);
}

int InterruptWatch::count() {
  return interrupts_seen;
}

}  // namespace ratchet::cli
