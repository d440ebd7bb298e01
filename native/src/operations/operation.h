// Everything the engine does has a name, a request type, a result type and a function.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/events.h"
#include "core/json.h"
#include "executors/environment.h"
#include "operations/open_transactions.h"
#include "parallel/host_desk.h"

namespace ratchet {

/// What an operation runs with.
struct OperationContext {
  const Environment& environment;
  EventSink& events;
  Cancellation cancellation;
  OpenTransactions& transactions;
  HostDesk& host_desk;
};

/// A row of the table of operations; made by operation() in operation_row.h.
struct Operation {
  std::string_view name;      ///< `room.verb`
  std::string_view sentence;  ///< what it does, for help
  std::string_view since;     ///< the first version that has it
  json::value (*run)(const json::value& request, OperationContext& context);
  json::object (*request_schema)();
  json::object (*result_schema)();
};

/// All operations in the order of their names. Constant.
[[nodiscard]] std::span<const Operation> operations();

/// Throws Error{operation.unknown} with the nearest name.
[[nodiscard]] const Operation& find_operation(std::string_view name);

/// What a `ratchet_call` does: reads the request (at most `limits.input_bytes`, UTF-8, `{}` when
/// empty), checks it, runs the operation. Throws Error; a request.* error names the operation.
[[nodiscard]] json::value call_operation(std::string_view name, std::string_view request,
                                         OperationContext& context);

/// The options that an engine is opened with.
struct EngineOptions {
  Limits limits;
  std::int64_t threads = 0;  ///< for parallel work; 0 means as many as the machine has cores
};

/// Throws Error: request.*.
[[nodiscard]] EngineOptions read_engine_options(std::string_view text);
[[nodiscard]] json::object engine_options_schema();

}  // namespace ratchet
