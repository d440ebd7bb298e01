#include <csignal>

#include "interrupts.h"

namespace ratchet::cli {
namespace {

volatile std::sig_atomic_t interrupts_seen = 0;

extern "C" void count_interrupt(int /*signal*/) {
  interrupts_seen = interrupts_seen + 1;
}

}  // namespace

struct InterruptWatch::Before {
  struct sigaction interrupt {};
  struct sigaction terminate {};
  struct sigaction hangup {};
};

InterruptWatch::InterruptWatch() : before_(std::make_unique<Before>()) {
  interrupts_seen = 0;
  struct sigaction action {};
  action.sa_handler = count_interrupt;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, &before_->interrupt);
  sigaction(SIGTERM, &action, &before_->terminate);
  sigaction(SIGHUP, nullptr, &before_->hangup);
  if (before_->hangup.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

InterruptWatch::~InterruptWatch() {
  sigaction(SIGINT, &before_->interrupt, nullptr);
  sigaction(SIGTERM, &before_->terminate, nullptr);
  sigaction(SIGHUP, &before_->hangup, nullptr);
}

int InterruptWatch::count() {
  return interrupts_seen;
}

}  // namespace ratchet::cli
