#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

enum { THREADS = 8, ROUNDS = 500 };

typedef struct Worker {
  ratchet_engine shared;
  int number;
} Worker;

static void ping_once(ratchet_engine engine, const char* request) {
  Outcome outcome = call(engine, "ping", request);
  check(outcome.status == RATCHET_OK, "a call among many answers");
  check(ratchet_text_data(outcome.result) != NULL &&
            strcmp(ratchet_text_data(outcome.result), request) == 0,
        "each caller gets its own answer");
  free_outcome(&outcome);
}

static void ping_as_job(ratchet_engine engine, const char* request) {
  ratchet_job job = start(engine, "ping", request);
  Outcome outcome;
  check(drain(job), "a job among many finishes");
  outcome = result_of(job);
  check(ratchet_text_data(outcome.result) != NULL &&
            strcmp(ratchet_text_data(outcome.result), request) == 0,
        "each job has its own result");
  free_outcome(&outcome);
  check(ratchet_release(job) == RATCHET_OK, "a job among many is released");
}

static void* hammer(void* argument) {
  enum { JOB_EVERY = 10, ENGINE_EVERY = 50 };
  const Worker* worker = argument;
  int i;
  for (i = 0; i < ROUNDS; ++i) {
    char request[64];
    snprintf(request, sizeof request, "{\"payload\":\"%d-%d\"}", worker->number, i);
    ping_once(worker->shared, request);
    if (i % JOB_EVERY == 0) ping_as_job(worker->shared, request);
    if (i % ENGINE_EVERY == 0) {
      ratchet_engine own = open_engine("{\"threads\":1}");
      ping_once(own, request);
      check(ratchet_close(own) == RATCHET_OK, "an engine of the thread's own closes");
    }
  }
  return NULL;
}

static void test_hammer(void) {
  ratchet_engine engine = open_engine(NULL);
  Worker workers[THREADS];
  int i;
  for (i = 0; i < THREADS; ++i) {
    workers[i].shared = engine;
    workers[i].number = i;
  }
  run_threads(THREADS, hammer, workers, sizeof workers[0]);
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

/* One handle, and what a thread was told when it gave it back. */
typedef struct Release {
  uint64_t handle;
  ratchet_status (*give_back)(uint64_t handle);
  ratchet_status status;
} Release;

static void* give_back(void* argument) {
  Release* release = argument;
  release->status = release->give_back(release->handle);
  return NULL;
}

/* All threads give the same handle back; exactly one is told that it did. */
static void race(uint64_t handle, ratchet_status (*function)(uint64_t handle), const char* what) {
  Release releases[THREADS];
  int winners = 0;
  int i;
  for (i = 0; i < THREADS; ++i) {
    releases[i].handle = handle;
    releases[i].give_back = function;
    releases[i].status = RATCHET_ERROR;
  }
  run_threads(THREADS, give_back, releases, sizeof releases[0]);
  for (i = 0; i < THREADS; ++i) {
    if (releases[i].status == RATCHET_OK) {
      ++winners;
    } else {
      check(releases[i].status == RATCHET_INVALID_HANDLE, what);
    }
  }
  check(winners == 1, what);
}

static void test_races_for_one_handle(void) {
  enum { RACES = 50 };
  int i;
  for (i = 0; i < RACES; ++i) {
    ratchet_engine engine = open_engine(NULL);
    Outcome outcome = call(engine, "ping", "");
    ratchet_job job = start(engine, "ping", "{\"delay_ms\":3600000}");
    race(outcome.result, ratchet_text_free, "a text is freed once, whoever asks");
    race(job, ratchet_release, "a job is released once, whoever asks");
    race(engine, ratchet_close, "an engine is closed once, whoever asks");
  }
}

static void* use_until_closed(void* argument) {
  const Worker* worker = argument;
  ratchet_status status = RATCHET_OK;
  while (status == RATCHET_OK) {
    Outcome outcome = call(worker->shared, "ping", "{\"payload\":true}");
    status = outcome.status;
    check(status == RATCHET_OK || status == RATCHET_INVALID_HANDLE ||
              contains(outcome.error, "\"code\":\"engine.closed\"") ||
              contains(outcome.error, "\"code\":\"job.cancelled\""),
          "an engine that closes under a caller says so");
    free_outcome(&outcome);
  }
  return NULL;
}

static void* close_shared(void* argument) {
  const Worker* worker = argument;
  check(ratchet_close(worker->shared) == RATCHET_OK, "an engine in use closes");
  return NULL;
}

static void test_close_under_callers(void) {
  enum { CLOSES = 20 };
  int i;
  for (i = 0; i < CLOSES; ++i) {
    Worker workers[THREADS];
    pthread_t closer;
    const ratchet_engine engine = open_engine(NULL);
    int k;
    for (k = 0; k < THREADS; ++k) {
      workers[k].shared = engine;
      workers[k].number = k;
    }
    check(pthread_create(&closer, NULL, close_shared, &workers[0]) == 0, "a thread starts");
    run_threads(THREADS, use_until_closed, workers, sizeof workers[0]);
    pthread_join(closer, NULL);
  }
}

void test_threads(void) {
  test_hammer();
  test_races_for_one_handle();
  test_close_under_callers();
}
