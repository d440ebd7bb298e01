#include <stdlib.h>
#include <string.h>

#include "check.h"

/* The engine's default for one request; see Limits of `describe`. */
enum { MOST_INPUT_BYTES = 64 << 20 };

static Outcome call_bytes(ratchet_engine engine, const char* operation, size_t operation_size,
                          const char* request, size_t request_size) {
  Outcome outcome = {RATCHET_ERROR, 0, 0};
  outcome.status = ratchet_call(engine, operation, operation_size, request, request_size,
                                &outcome.result, &outcome.error);
  return outcome;
}

static Outcome ping_bytes(ratchet_engine engine, const char* request, size_t size) {
  return call_bytes(engine, "ping", 4, request, size);
}

static void test_null_pointers(ratchet_engine engine) {
  ratchet_text error = 0;
  ratchet_engine opened = 7;
  ratchet_job job = 7;
  ratchet_text result = 7;

  check(ratchet_open(NULL, 0, NULL, &error) == RATCHET_NULL_POINTER, "open needs an output");
  check(contains(error, "abi.null_pointer"), "and says so");
  check(ratchet_text_free(error) == RATCHET_OK, "its error is a text");
  check(ratchet_open(NULL, 0, NULL, NULL) == RATCHET_NULL_POINTER, "an error may be unwanted");
  check(ratchet_open(NULL, 5, &opened, NULL) == RATCHET_NULL_POINTER, "NULL has no five bytes");
  check(opened == 0, "a failed open sets its output to 0");

  check(is_error(call_bytes(engine, NULL, 4, "{}", 2), RATCHET_NULL_POINTER, "abi.null_pointer"),
        "an operation that is NULL with a length");
  check(is_error(ping_bytes(engine, NULL, 2), RATCHET_NULL_POINTER, "abi.null_pointer"),
        "a request that is NULL with a length");
  check(is_error(call_bytes(engine, NULL, 0, NULL, 0), RATCHET_ERROR, "operation.unknown"),
        "NULL without a length is the empty text");
  check(ratchet_call(engine, "ping", 4, NULL, 0, NULL, NULL) == RATCHET_OK,
        "result and error may be unwanted");
  check(ratchet_call(engine, "pong", 4, NULL, 0, &result, NULL) == RATCHET_ERROR,
        "an unwanted error is still a status");
  check(result == 0, "a failed call sets its output to 0");

  check(ratchet_start(engine, "ping", 4, NULL, 0, NULL, NULL) == RATCHET_NULL_POINTER,
        "start needs an output");
  check(ratchet_start(engine, NULL, 4, NULL, 0, &job, NULL) == RATCHET_NULL_POINTER,
        "start needs an operation");
  check(job == 0, "a failed start sets its output to 0");

  job = start(engine, "ping", "{\"events\":1}");
  check(ratchet_event(job, NULL) == RATCHET_NULL_POINTER, "an event needs an output");
  check(drain(job), "the job finishes");
  check(ratchet_result(job, NULL, NULL) == RATCHET_OK, "a job's result may be unwanted");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
}

/* `{"payload":"xxx…"}` of exactly `size` bytes; the caller frees it. */
static char* request_of_size(size_t size) {
  static const char head[] = "{\"payload\":\"";
  static const char tail[] = "\"}";
  char* request = malloc(size);
  if (!check(request != NULL, "memory for a large request")) exit(3);
  memset(request, 'x', size);
  memcpy(request, head, sizeof head - 1);
  memcpy(request + size - (sizeof tail - 1), tail, sizeof tail - 1);
  return request;
}

static void test_sizes(ratchet_engine engine) {
  char* request = request_of_size(MOST_INPUT_BYTES);
  Outcome outcome = ping_bytes(engine, request, MOST_INPUT_BYTES);
  check(outcome.status == RATCHET_OK, "a request of 64 MiB is taken");
  check(ratchet_text_size(outcome.result) == MOST_INPUT_BYTES, "and comes back whole");
  check(ratchet_text_data(outcome.result) != NULL &&
            memcmp(ratchet_text_data(outcome.result), request, MOST_INPUT_BYTES) == 0,
        "to the byte");
  free_outcome(&outcome);
  free(request);

  request = request_of_size((size_t)MOST_INPUT_BYTES + 1);
  check(is_error(ping_bytes(engine, request, (size_t)MOST_INPUT_BYTES + 1), RATCHET_ERROR,
                 "limit.input_size"),
        "one byte more is refused");
  free(request);
}

typedef struct BadText {
  const char* bytes;
  size_t size;
  const char* what;
} BadText;

static void test_bad_requests(ratchet_engine engine) {
  static const BadText requests[] = {
      {"{\"payload\":\"\xff\"}", 15, "a byte that is never UTF-8"},
      {"{\"payload\":\"\xc3\"}", 15, "a sequence that is cut off"},
      {"{\"payload\":\"\xc0\xaf\"}", 16, "an overlong sequence"},
      {"{\"payload\":\"\xed\xa0\x80\"}", 17, "a surrogate half"},
      {"{\"payload\":\"\xf4\x90\x80\x80\"}", 18, "a code point above U+10FFFF"},
      {"{\"payload\":\"a\0b\"}", 17, "a NUL inside a string"},
      {"{}\0", 3, "a NUL behind the value"},
      {"\0{}", 3, "a NUL before the value"},
      {"{", 1, "an object that does not end"},
      {"{} {}", 5, "two values"},
      {"ping", 4, "a bare word"},
  };
  size_t i;
  for (i = 0; i < sizeof requests / sizeof requests[0]; ++i) {
    const BadText* bad = &requests[i];
    check(
        is_error(ping_bytes(engine, bad->bytes, bad->size), RATCHET_ERROR, "request.invalid_json"),
        bad->what);
  }
  check(is_error(ping_bytes(engine, "[]", 2), RATCHET_ERROR, "request.wrong_type"),
        "a list is no request");
  check(is_error(call(engine, "ping", "{\"paylod\":1}"), RATCHET_ERROR, "request.unknown_key"),
        "a key that nobody knows");
  check(is_error(call(engine, "ping", "{\"delay_ms\":\"1\"}"), RATCHET_ERROR, "request.wrong_type"),
        "a text where a number belongs");
  check(is_error(call(engine, "ping", "{\"delay_ms\":-1}"), RATCHET_ERROR, "request.constraint"),
        "a number outside its range");
}

/* "[[[…]]]" around nothing, as a request for ping, one level above the limit of depth. */
static void test_depth(ratchet_engine engine) {
  enum { LEVELS = 100000 };
  char* request = malloc(2 * (size_t)LEVELS);
  if (!check(request != NULL, "memory for a deep request")) exit(3);
  memset(request, '[', LEVELS);
  memset(request + LEVELS, ']', LEVELS);
  check(is_error(ping_bytes(engine, request, 2 * (size_t)LEVELS), RATCHET_ERROR,
                 "request.invalid_json"),
        "a request that nests too deep");
  free(request);
}

static void test_lengths_count(ratchet_engine engine) {
  Outcome outcome = call_bytes(engine, "pingXYZ", 4, "{\"payload\":1}garbage", 13);
  const char* data;
  check(outcome.status == RATCHET_OK, "only the bytes within the lengths count");
  free_outcome(&outcome);

  outcome = call(engine, "ping", "{\"payload\":\"a\\u0000b\"}");
  data = ratchet_text_data(outcome.result);
  check(data != NULL && strcmp(data, "{\"payload\":\"a\\u0000b\"}") == 0,
        "an escaped NUL comes back escaped");
  free_outcome(&outcome);

  outcome = call(engine, "ping", "{\"payload\":\"\xf0\x9f\x94\xa7 \xc3\xa9\"}");
  check(contains(outcome.result, "\xf0\x9f\x94\xa7 \xc3\xa9"), "UTF-8 comes back as it was");
  free_outcome(&outcome);
}

static void test_bad_names(ratchet_engine engine) {
  check(is_error(call_bytes(engine, "ping\0", 5, "", 0), RATCHET_ERROR, "operation.unknown"),
        "a NUL belongs to the name");
  check(is_error(call_bytes(engine, "pi\xffng", 5, "", 0), RATCHET_ERROR, "operation.unknown"),
        "a name that is not UTF-8");
  check(is_error(call_bytes(engine, "line\nbreak", 10, "", 0), RATCHET_ERROR, "operation.unknown"),
        "a name of two lines");
  check(is_error(call(engine, "", ""), RATCHET_ERROR, "operation.unknown"), "the empty name");
}

static void test_nearest_names(ratchet_engine engine) {
  ratchet_engine opened = 0;
  ratchet_text error = 0;
  Outcome outcome = call(engine, "pnig", "");
  check(contains(outcome.error, "ping"), "the nearest operation is named");
  free_outcome(&outcome);
  outcome = call(engine, "ping", "{\"paylod\":1}");
  check(contains(outcome.error, "payload"), "the nearest key is named");
  free_outcome(&outcome);
  check(ratchet_open("{\"thread\":1}", 12, &opened, &error) == RATCHET_ERROR,
        "options have no unknown key either");
  check(contains(error, "request.unknown_key") && contains(error, "threads"),
        "and the nearest one is named");
  ratchet_text_free(error);
  check(opened == 0, "an engine that did not open has no id");
}

void test_inputs(void) {
  ratchet_engine engine = open_engine(NULL);
  test_null_pointers(engine);
  test_sizes(engine);
  test_bad_requests(engine);
  test_depth(engine);
  test_lengths_count(engine);
  test_bad_names(engine);
  test_nearest_names(engine);
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}
