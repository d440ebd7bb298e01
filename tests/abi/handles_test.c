#include <string.h>

#include "check.h"

/* Every function that takes an engine says the same of one that is none. */
static void refuses_engine(ratchet_engine engine, const char* what) {
  ratchet_job job = 1;
  ratchet_text error = 0;
  check(is_error(call(engine, "ping", ""), RATCHET_INVALID_HANDLE, "abi.invalid_handle"), what);
  check(ratchet_start(engine, "ping", 4, NULL, 0, &job, &error) == RATCHET_INVALID_HANDLE, what);
  check(job == 0, "a start that fails leaves no job");
  check(contains(error, "abi.invalid_handle"), what);
  ratchet_text_free(error);
  check(ratchet_close(engine) == RATCHET_INVALID_HANDLE, what);
}

static void refuses_job(ratchet_job job, const char* what) {
  ratchet_text event = 1;
  check(ratchet_wait(job, 0) == RATCHET_INVALID_HANDLE, what);
  check(ratchet_wait(job, -1) == RATCHET_INVALID_HANDLE, what);
  check(ratchet_event(job, &event) == RATCHET_INVALID_HANDLE, what);
  check(event == 0, "an event that cannot be read is set to 0");
  check(is_error(result_of(job), RATCHET_INVALID_HANDLE, "abi.invalid_handle"), what);
  check(ratchet_cancel(job, RATCHET_CANCEL) == RATCHET_INVALID_HANDLE, what);
  check(ratchet_release(job) == RATCHET_INVALID_HANDLE, what);
}

static void refuses_text(ratchet_text text, const char* what) {
  check(ratchet_text_data(text) == NULL, what);
  check(ratchet_text_size(text) == 0, what);
  check(ratchet_text_free(text) == RATCHET_INVALID_HANDLE, what);
}

static void test_other_kinds(void) {
  ratchet_engine engine = open_engine(NULL);
  ratchet_job job = start(engine, "ping", "{\"payload\":7}");
  Outcome outcome = call(engine, "ping", "{\"payload\":7}");
  refuses_engine(job, "a job is no engine");
  refuses_engine(outcome.result, "a text is no engine");
  refuses_job(engine, "an engine is no job");
  refuses_job(outcome.result, "a text is no job");
  refuses_text(engine, "an engine is no text");
  refuses_text(job, "a job is no text");
  check(contains(outcome.result, "7"), "a text survives what was refused");
  free_outcome(&outcome);
  check(drain(job), "a job survives what was refused");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

static void test_never_handed_out(void) {
  static const uint64_t foreign[] = {1,
                                     42,
                                     0xFFFFFFFFu,
                                     UINT64_MAX,
                                     (uint64_t)1 << 63,
                                     0x0100000000000000u,
                                     0x01FFFFFF00000001u,
                                     0x0200000000000000u,
                                     0x02FFFFFF00000001u,
                                     0x0300000000000000u,
                                     0x03FFFFFF00000001u};
  size_t i;
  refuses_engine(0, "0 is no engine");
  refuses_job(0, "0 is no job");
  check(ratchet_text_data(0) == NULL, "0 is no text");
  check(ratchet_text_size(0) == 0, "0 has no length");
  check(ratchet_text_free(0) == RATCHET_OK, "freeing 0 does nothing");
  for (i = 0; i < sizeof foreign / sizeof foreign[0]; ++i) {
    refuses_engine(foreign[i], "an invented id is no engine");
    refuses_job(foreign[i], "an invented id is no job");
    refuses_text(foreign[i], "an invented id is no text");
  }
}

static void test_stale(void) {
  enum { ROUNDS = 1000 };
  ratchet_engine engine = open_engine(NULL);
  ratchet_engine other;
  Outcome first = call(engine, "ping", "{\"payload\":\"first\"}");
  const ratchet_text stale = first.result;
  ratchet_job job = start(engine, "ping", "");
  int i;
  free_outcome(&first);
  for (i = 0; i < ROUNDS; ++i) {
    Outcome next = call(engine, "ping", "{\"payload\":\"next\"}");
    check(next.result != stale, "an id is not handed out again");
    check(ratchet_text_data(stale) == NULL, "a stale id does not name the slot's next text");
    free_outcome(&next);
  }
  refuses_text(stale, "a freed text is invalid");

  check(drain(job), "the job finishes");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
  refuses_job(job, "a released job is invalid");

  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
  refuses_engine(engine, "a closed engine is invalid");
  other = open_engine(NULL);
  check(other != engine, "an engine's id is not handed out again");
  refuses_engine(engine, "a closed engine does not name the slot's next engine");
  check(ratchet_close(other) == RATCHET_OK, "the second engine closes");
}

static void test_texts_outlive_engines(void) {
  ratchet_engine engine = open_engine(NULL);
  Outcome outcome = call(engine, "ping", "{\"payload\":\"still here\"}");
  const char* data;
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
  data = ratchet_text_data(outcome.result);
  check(data != NULL && strcmp(data, "{\"payload\":\"still here\"}") == 0,
        "a text outlives its engine");
  check(data != NULL && ratchet_text_size(outcome.result) == strlen(data),
        "a text ends with a NUL that does not count");
  free_outcome(&outcome);
}

static void test_two_engines(void) {
  ratchet_engine narrow = open_engine("{\"limits\":{\"input_bytes\":30}}");
  ratchet_engine wide = open_engine(NULL);
  const char* request = "{\"payload\":\"more than thirty bytes\"}";
  Outcome outcome;
  check(narrow != wide, "two engines have two ids");
  check(is_error(call(narrow, "ping", request), RATCHET_ERROR, "limit.input_size"),
        "each engine has its own limits");
  outcome = call(wide, "ping", request);
  check(outcome.status == RATCHET_OK, "the other engine's limit does not count");
  free_outcome(&outcome);
  check(ratchet_close(narrow) == RATCHET_OK, "one engine closes");
  outcome = call(wide, "ping", request);
  check(outcome.status == RATCHET_OK, "the other one goes on");
  free_outcome(&outcome);
  check(ratchet_close(wide) == RATCHET_OK, "the other engine closes");
}

void test_handles(void) {
  test_other_kinds();
  test_never_handed_out();
  test_stale();
  test_texts_outlive_engines();
  test_two_engines();
}
