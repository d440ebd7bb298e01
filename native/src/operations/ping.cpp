#include "operations/operation_row.h"
#include "operations/rows.h"

namespace ratchet {
namespace {

struct PingRequest {
  json::value payload;
  std::int64_t delay_ms = 0;
  std::int64_t events = 0;
};

struct Pong {
  json::value payload;
};

Pong ping(const PingRequest& request, OperationContext& context) {
  for (std::int64_t i = 0; i < request.events; ++i) {
    context.events.emit(EventKind::output, {{"event", "job.output"}, {"number", i}});
  }
  const std::chrono::milliseconds delay(request.delay_ms);
  if (delay.count() > 0 &&
      !context.environment.clock.wait_for(delay, context.cancellation.graceful)) {
    context.cancellation.check();
  }
  return {request.payload};
}

}  // namespace

template <>
struct Record<PingRequest> {
  static constexpr std::string_view name = "PingRequest";
  static constexpr std::string_view sentence = "What to give back, and when.";
  static constexpr auto fields = std::make_tuple(
      field("payload", &PingRequest::payload, "Anything; comes back as it is."),
      field("delay_ms", &PingRequest::delay_ms, "Waits so long first; ends early when cancelled.")
          .at_least(0)
          .at_most(3600000),
      field("events", &PingRequest::events, "Emits so many events of kind output first.")
          .at_least(0)
          .at_most(1000000));
};

template <>
struct Record<Pong> {
  static constexpr std::string_view name = "Pong";
  static constexpr std::string_view sentence = "The answer.";
  static constexpr auto fields =
      std::make_tuple(field("payload", &Pong::payload, "As it came in."));
};

Operation rows::ping() {
  return operation<PingRequest, Pong, ratchet::ping>(
      "ping", "Gives back what it gets: checks a binding, its events and its cancellation.",
      "0.1.0");
}

}  // namespace ratchet
