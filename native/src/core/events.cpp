#include "core/events.h"

namespace ratchet {
namespace {

class NoEvents final : public EventSink {
 public:
  void emit(EventKind /*kind*/, json::object /*event*/) override {}
};

}  // namespace

void EventSink::log(std::string_view level, std::string_view message) {
  emit(EventKind::lifecycle, {{"event", "log"}, {"level", level}, {"message", message}});
}

void EventSink::progress(std::int64_t done, std::int64_t total, std::string_view label) {
  emit(EventKind::progress,
       {{"event", "progress"}, {"done", done}, {"total", total}, {"label", label}});
}

EventSink& no_events() {
  static NoEvents sink;
  return sink;
}

}  // namespace ratchet
