#include "check.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
static int failures = 0;

int check(int holds, const char* what) {
  if (holds) return holds;
  pthread_mutex_lock(&count_lock);
  ++failures;
  printf("  FAILED: %s\n", what);
  fflush(stdout);
  pthread_mutex_unlock(&count_lock);
  return holds;
}

int failed_checks(void) {
  int count;
  pthread_mutex_lock(&count_lock);
  count = failures;
  pthread_mutex_unlock(&count_lock);
  return count;
}

static size_t length_of(const char* text) {
  return text == NULL ? 0 : strlen(text);
}

ratchet_engine open_engine(const char* options) {
  ratchet_engine engine = 0;
  ratchet_text error = 0;
  const ratchet_status status = ratchet_open(options, length_of(options), &engine, &error);
  check(status == RATCHET_OK && engine != 0 && error == 0, "an engine opens");
  ratchet_text_free(error);
  return engine;
}

Outcome call(ratchet_engine engine, const char* operation, const char* request) {
  Outcome outcome = {RATCHET_ERROR, 0, 0};
  outcome.status = ratchet_call(engine, operation, length_of(operation), request,
                                length_of(request), &outcome.result, &outcome.error);
  return outcome;
}

ratchet_job start(ratchet_engine engine, const char* operation, const char* request) {
  ratchet_job job = 0;
  ratchet_text error = 0;
  const ratchet_status status = ratchet_start(engine, operation, length_of(operation), request,
                                              length_of(request), &job, &error);
  check(status == RATCHET_OK && job != 0 && error == 0, "a job starts");
  ratchet_text_free(error);
  return job;
}

Outcome result_of(ratchet_job job) {
  Outcome outcome = {RATCHET_ERROR, 0, 0};
  outcome.status = ratchet_result(job, &outcome.result, &outcome.error);
  return outcome;
}

void free_outcome(Outcome* outcome) {
  check(ratchet_text_free(outcome->result) == RATCHET_OK, "a result is freed");
  check(ratchet_text_free(outcome->error) == RATCHET_OK, "an error is freed");
  outcome->result = 0;
  outcome->error = 0;
}

int contains(ratchet_text text, const char* part) {
  const char* data = ratchet_text_data(text);
  return data != NULL && strstr(data, part) != NULL;
}

/* How many bytes the UTF-8 sequence that starts with `lead` has; 0 for none. */
static size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

static int is_utf8(const char* data, size_t size) {
  size_t i = 0;
  while (i < size) {
    const size_t length = sequence_length((unsigned char)data[i]);
    size_t k;
    if (length == 0 || length > size - i) return 0;
    for (k = 1; k < length; ++k) {
      if (((unsigned char)data[i + k] & 0xC0U) != 0x80U) return 0;
    }
    i += length;
  }
  return 1;
}

int is_error(Outcome outcome, ratchet_status status, const char* code) {
  char wanted[128];
  int holds;
  snprintf(wanted, sizeof wanted, "\"code\":\"%s\"", code);
  holds =
      outcome.status == status && outcome.result == 0 && contains(outcome.error, wanted) &&
      contains(outcome.error, "\"message\":\"") &&
      memchr(ratchet_text_data(outcome.error), '\n', ratchet_text_size(outcome.error)) == NULL &&
      is_utf8(ratchet_text_data(outcome.error), ratchet_text_size(outcome.error));
  if (!holds) {
    const char* text = ratchet_text_data(outcome.error);
    printf("  wanted status %d and %s, got %d and %s\n", (int)status, wanted, (int)outcome.status,
           text == NULL ? "no text" : text);
  }
  free_outcome(&outcome);
  return holds;
}

int drain(ratchet_job job) {
  ratchet_status status = ratchet_wait(job, PATIENCE_MS);
  while (status == RATCHET_EVENTS) {
    ratchet_text event = 0;
    check(ratchet_event(job, &event) == RATCHET_OK, "an event that waits can be read");
    ratchet_text_free(event);
    status = ratchet_wait(job, PATIENCE_MS);
  }
  return status == RATCHET_OK;
}

int wait_for_result(ratchet_job job) {
  const time_t end = time(NULL) + PATIENCE_MS / 1000;
  while (time(NULL) <= end) {
    Outcome outcome = result_of(job);
    const ratchet_status status = outcome.status;
    free_outcome(&outcome);
    if (status != RATCHET_RUNNING) return 1;
    sched_yield();
  }
  return 0;
}

void run_threads(int count, void* (*body)(void*), void* arguments, size_t size) {
  pthread_t* threads = calloc((size_t)count, sizeof *threads);
  int i;
  if (!check(threads != NULL, "memory for threads")) return;
  for (i = 0; i < count; ++i) {
    char* argument = (char*)arguments + (size_t)i * size;
    if (!check(pthread_create(&threads[i], NULL, body, argument) == 0, "a thread starts")) exit(3);
  }
  for (i = 0; i < count; ++i)
    pthread_join(threads[i], NULL);
  free(threads);
}
