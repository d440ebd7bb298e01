// The exported functions: handles to objects, objects to texts, and nothing else.
#include "ratchet/ratchet.h"

#include "abi/engine.h"
#include "abi/handle_table.h"
#include "core/records.h"

namespace ratchet {
namespace {

enum HandleKind : std::uint8_t { kEngineKind = 1, kJobKind = 2, kTextKind = 3 };

/// The one permitted global. Never destroyed: a thread of a host may still be inside at process
/// exit.
struct Handles {
  HandleTable<Engine> engines{kEngineKind};
  HandleTable<Job> jobs{kJobKind};
  HandleTable<const std::string> texts{kTextKind};
};

Handles& handles() {
  static Handles& table = *std::make_unique<Handles>().release();
  return table;
}

std::string_view view(const char* data, size_t size) {
  return size == 0 ? std::string_view{} : std::string_view{data, size};
}

bool is_missing(const char* data, size_t size) {
  return data == nullptr && size > 0;
}

void hand_out(ratchet_text* target, std::string text) {
  if (target == nullptr) return;
  *target = handles().texts.add(std::make_shared<const std::string>(std::move(text)));
}

void hand_out(ratchet_text* target, const ErrorRecord& record) {
  if (target != nullptr) hand_out(target, json::serialize(to_json(record)));
}

ratchet_status fail(ratchet_text* error, ratchet_status status, Code code, const char* message) {
  hand_out(error, record_of(Error(code, message)));
  return status;
}

ratchet_status invalid_handle(ratchet_text* error) {
  return fail(error, RATCHET_INVALID_HANDLE, "abi.invalid_handle",
              "the handle was released before, or never was one");
}

ratchet_status null_pointer(ratchet_text* error) {
  return fail(error, RATCHET_NULL_POINTER, "abi.null_pointer",
              "a pointer that must not be NULL is NULL");
}

ratchet_status hand_out(Outcome outcome, ratchet_text* result, ratchet_text* error) {
  if (outcome.failed) {
    hand_out(error, std::move(outcome.text));
    return RATCHET_ERROR;
  }
  hand_out(result, std::move(outcome.text));
  return RATCHET_OK;
}

void clear(uint64_t* output) {
  if (output != nullptr) *output = 0;
}

/// The edge: nothing that is thrown inside gets out.
template <class Body>
ratchet_status guarded(ratchet_text* error, Body body) noexcept {
  try {
    try {
      return body();
    } catch (...) {
      hand_out(error, record_of_current_exception());
      return RATCHET_ERROR;
    }
  } catch (...) {
    return RATCHET_ERROR;  // out of memory while saying so: the status alone has to do
  }
}

}  // namespace
}  // namespace ratchet

using namespace ratchet;  // NOLINT: the functions below are outside by nature

extern "C" {

uint32_t ratchet_abi_version(void) noexcept {
  return RATCHET_ABI_VERSION;
}

const char* ratchet_version(void) noexcept {
  return RATCHET_VERSION;
}

ratchet_status ratchet_open(const char* options, size_t options_size, ratchet_engine* engine,
                            ratchet_text* error) noexcept {
  clear(engine);
  clear(error);
  return guarded(error, [&] {
    if (engine == nullptr || is_missing(options, options_size)) return null_pointer(error);
    const EngineOptions read = read_engine_options(view(options, options_size));
    *engine = handles().engines.add(std::make_shared<Engine>(read));
    return static_cast<ratchet_status>(RATCHET_OK);
  });
}

ratchet_status ratchet_close(ratchet_engine engine) noexcept {
  return guarded(nullptr, [&]() -> ratchet_status {
    const std::shared_ptr<Engine> object = handles().engines.remove(engine);
    if (object == nullptr) return RATCHET_INVALID_HANDLE;
    object->close();
    return RATCHET_OK;
  });
}

ratchet_status ratchet_call(ratchet_engine engine, const char* operation, size_t operation_size,
                            const char* request, size_t request_size, ratchet_text* result,
                            ratchet_text* error) noexcept {
  clear(result);
  clear(error);
  return guarded(error, [&] {
    const std::shared_ptr<Engine> object = handles().engines.find(engine);
    if (object == nullptr) return invalid_handle(error);
    if (is_missing(operation, operation_size) || is_missing(request, request_size)) {
      return null_pointer(error);
    }
    return hand_out(object->call(view(operation, operation_size), view(request, request_size)),
                    result, error);
  });
}

ratchet_status ratchet_start(ratchet_engine engine, const char* operation, size_t operation_size,
                             const char* request, size_t request_size, ratchet_job* job,
                             ratchet_text* error) noexcept {
  clear(job);
  clear(error);
  return guarded(error, [&] {
    const std::shared_ptr<Engine> object = handles().engines.find(engine);
    if (object == nullptr) return invalid_handle(error);
    if (job == nullptr || is_missing(operation, operation_size) ||
        is_missing(request, request_size)) {
      return null_pointer(error);
    }
    *job = handles().jobs.add(object->start(std::string(view(operation, operation_size)),
                                            std::string(view(request, request_size))));
    return static_cast<ratchet_status>(RATCHET_OK);
  });
}

ratchet_status ratchet_wait(ratchet_job job, int64_t timeout_ms) noexcept {
  return guarded(nullptr, [&]() -> ratchet_status {
    const std::shared_ptr<Job> object = handles().jobs.find(job);
    if (object == nullptr) return RATCHET_INVALID_HANDLE;
    switch (object->wait(timeout_ms)) {
      case Job::Wait::finished:
        return RATCHET_OK;
      case Job::Wait::events:
        return RATCHET_EVENTS;
      case Job::Wait::running:
        break;
    }
    return RATCHET_RUNNING;
  });
}

ratchet_status ratchet_event(ratchet_job job, ratchet_text* event) noexcept {
  clear(event);
  return guarded(nullptr, [&]() -> ratchet_status {
    const std::shared_ptr<Job> object = handles().jobs.find(job);
    if (object == nullptr) return RATCHET_INVALID_HANDLE;
    if (event == nullptr) return RATCHET_NULL_POINTER;
    std::optional<std::string> text = object->take_event();
    if (!text) return RATCHET_NONE;
    hand_out(event, std::move(*text));
    return RATCHET_OK;
  });
}

ratchet_status ratchet_result(ratchet_job job, ratchet_text* result, ratchet_text* error) noexcept {
  clear(result);
  clear(error);
  return guarded(error, [&] {
    const std::shared_ptr<Job> object = handles().jobs.find(job);
    if (object == nullptr) return invalid_handle(error);
    std::optional<Outcome> outcome = object->outcome();
    if (!outcome) {
      return fail(error, RATCHET_RUNNING, "job.not_finished", "the job has not finished");
    }
    return hand_out(std::move(*outcome), result, error);
  });
}

ratchet_status ratchet_cancel(ratchet_job job, int32_t mode) noexcept {
  return guarded(nullptr, [&]() -> ratchet_status {
    const std::shared_ptr<Job> object = handles().jobs.find(job);
    if (object == nullptr) return RATCHET_INVALID_HANDLE;
    object->cancel(mode == RATCHET_CANCEL_AT_ONCE);
    return RATCHET_OK;
  });
}

ratchet_status ratchet_release(ratchet_job job) noexcept {
  return guarded(nullptr, [&]() -> ratchet_status {
    const std::shared_ptr<Job> object = handles().jobs.remove(job);
    if (object == nullptr) return RATCHET_INVALID_HANDLE;
    object->cancel(true);
    return RATCHET_OK;
  });
}

const char* ratchet_text_data(ratchet_text text) noexcept {
  const std::shared_ptr<const std::string> object = handles().texts.find(text);
  return object == nullptr ? nullptr : object->c_str();
}

size_t ratchet_text_size(ratchet_text text) noexcept {
  const std::shared_ptr<const std::string> object = handles().texts.find(text);
  return object == nullptr ? 0 : object->size();
}

ratchet_status ratchet_text_free(ratchet_text text) noexcept {
  if (text == 0) return RATCHET_OK;
  return handles().texts.remove(text) == nullptr ? RATCHET_INVALID_HANDLE : RATCHET_OK;
}

}  // extern "C"
