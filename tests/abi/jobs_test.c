#include <pthread.h>
#include <string.h>

#include "check.h"

/* A ping that nobody waits out. */
static const char kHour[] = "{\"delay_ms\":3600000,\"payload\":\"late\"}";

static void test_finished_job(ratchet_engine engine) {
  ratchet_job job = start(engine, "ping", "{\"payload\":[1,2,3]}");
  Outcome first;
  Outcome second;
  ratchet_text event = 0;
  check(ratchet_wait(job, -1) == RATCHET_OK, "waiting for ever ends with the job");
  check(ratchet_wait(job, 0) == RATCHET_OK, "a finished job stays finished");
  check(ratchet_event(job, &event) == RATCHET_NONE && event == 0, "no event is left");
  first = result_of(job);
  second = result_of(job);
  check(first.status == RATCHET_OK && second.status == RATCHET_OK,
        "a result can be asked for twice");
  check(first.result != second.result, "each time as a text of its own");
  check(contains(first.result, "[1,2,3]") && contains(second.result, "[1,2,3]"),
        "with one content");
  free_outcome(&first);
  check(contains(second.result, "[1,2,3]"), "that outlives the other text");
  free_outcome(&second);
  check(ratchet_cancel(job, RATCHET_CANCEL) == RATCHET_OK, "a finished job may be cancelled");
  first = result_of(job);
  check(first.status == RATCHET_OK, "and stays as it was");
  free_outcome(&first);
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
}

static void test_failed_job(ratchet_engine engine) {
  ratchet_job job = 0;
  ratchet_text error = 0;
  check(ratchet_start(engine, "pong", 4, NULL, 0, &job, &error) == RATCHET_ERROR && job == 0,
        "an unknown operation does not start");
  check(contains(error, "operation.unknown"), "and is named");
  ratchet_text_free(error);

  job = start(engine, "ping", "{\"nonsense\":1}");
  check(drain(job), "a job with a faulty request finishes");
  check(is_error(result_of(job), RATCHET_ERROR, "request.unknown_key"), "its error is the result");
  check(is_error(result_of(job), RATCHET_ERROR, "request.unknown_key"), "as often as one asks");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
}

static void test_running_job(ratchet_engine engine) {
  ratchet_job job = start(engine, "ping", kHour);
  check(ratchet_wait(job, 0) == RATCHET_RUNNING, "looking does not wait");
  check(ratchet_wait(job, 1) == RATCHET_RUNNING, "a wait ends with its time");
  check(is_error(result_of(job), RATCHET_RUNNING, "job.not_finished"), "there is no result yet");
  check(ratchet_cancel(job, RATCHET_CANCEL) == RATCHET_OK, "a running job is cancelled");
  check(ratchet_cancel(job, RATCHET_CANCEL) == RATCHET_OK, "a second cancel is no error");
  check(drain(job), "a cancelled job finishes");
  check(is_error(result_of(job), RATCHET_ERROR, "job.cancelled"), "and says that it was cancelled");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
}

static void* cancel_at_once(void* argument) {
  const ratchet_job* job = argument;
  check(ratchet_cancel(*job, RATCHET_CANCEL_AT_ONCE) == RATCHET_OK, "another thread may cancel");
  return NULL;
}

static void* wait_without_end(void* argument) {
  const ratchet_job* job = argument;
  check(ratchet_wait(*job, INT64_MAX) == RATCHET_OK, "every waiter is woken");
  return NULL;
}

static void test_cancel_from_another_thread(ratchet_engine engine) {
  enum { WAITERS = 4 };
  ratchet_job jobs[WAITERS];
  pthread_t canceller;
  int i;
  jobs[0] = start(engine, "ping", kHour);
  for (i = 1; i < WAITERS; ++i)
    jobs[i] = jobs[0];
  check(pthread_create(&canceller, NULL, cancel_at_once, &jobs[0]) == 0, "a thread starts");
  run_threads(WAITERS, wait_without_end, jobs, sizeof jobs[0]);
  pthread_join(canceller, NULL);
  check(is_error(result_of(jobs[0]), RATCHET_ERROR, "job.cancelled"), "the job was cancelled");
  check(ratchet_release(jobs[0]) == RATCHET_OK, "the job is released");
}

static void test_release_of_a_running_job(void) {
  ratchet_engine engine = open_engine(NULL);
  ratchet_job job = start(engine, "ping", kHour);
  check(ratchet_release(job) == RATCHET_OK, "a running job is released");
  check(ratchet_wait(job, -1) == RATCHET_INVALID_HANDLE, "its handle is gone");
  check(ratchet_release(job) == RATCHET_INVALID_HANDLE, "a second release is an error");
  check(ratchet_close(engine) == RATCHET_OK, "close does not wait for an hour");
}

static void test_close_while_jobs_run(void) {
  enum { JOBS = 8 };
  ratchet_engine engine = open_engine(NULL);
  ratchet_job jobs[JOBS];
  int i;
  for (i = 0; i < JOBS; ++i)
    jobs[i] = start(engine, "ping", kHour);
  check(ratchet_close(engine) == RATCHET_OK, "close ends what runs");
  check(ratchet_close(engine) == RATCHET_INVALID_HANDLE, "a second close is an error");
  for (i = 0; i < JOBS; ++i) {
    check(ratchet_wait(jobs[i], 0) == RATCHET_OK, "after close every job has finished");
    check(is_error(result_of(jobs[i]), RATCHET_ERROR, "job.cancelled"), "by being cancelled");
    check(ratchet_release(jobs[i]) == RATCHET_OK, "a job outlives its engine until its release");
  }
}

/* Whichever comes first, the call or the close: the call comes back and does not wait for an hour.
 */
static void* call_for_an_hour(void* argument) {
  const ratchet_engine* engine = argument;
  Outcome outcome = call(*engine, "ping", kHour);
  check(outcome.status == RATCHET_INVALID_HANDLE ||
            contains(outcome.error, "\"code\":\"job.cancelled\"") ||
            contains(outcome.error, "\"code\":\"engine.closed\""),
        "a call is ended by close");
  free_outcome(&outcome);
  return NULL;
}

static void test_close_while_a_call_runs(void) {
  enum { ROUNDS = 50 };
  int i;
  for (i = 0; i < ROUNDS; ++i) {
    ratchet_engine engine = open_engine(NULL);
    pthread_t caller;
    check(pthread_create(&caller, NULL, call_for_an_hour, &engine) == 0, "a thread starts");
    check(ratchet_close(engine) == RATCHET_OK, "close waits for the call");
    pthread_join(caller, NULL);
  }
}

static void test_most_jobs(void) {
  ratchet_engine engine = open_engine("{\"limits\":{\"running_jobs\":2}}");
  ratchet_job first = start(engine, "ping", kHour);
  ratchet_job second = start(engine, "ping", kHour);
  ratchet_job third = 7;
  ratchet_text error = 0;
  check(ratchet_start(engine, "ping", 4, NULL, 0, &third, &error) == RATCHET_ERROR,
        "no more jobs than the limit");
  check(third == 0 && contains(error, "engine.too_many_jobs"), "and the error says so");
  ratchet_text_free(error);
  check(ratchet_release(first) == RATCHET_OK && ratchet_release(second) == RATCHET_OK,
        "both are released");
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

void test_jobs(void) {
  ratchet_engine engine = open_engine(NULL);
  test_finished_job(engine);
  test_failed_job(engine);
  test_running_job(engine);
  test_cancel_from_another_thread(engine);
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
  test_release_of_a_running_job();
  test_close_while_jobs_run();
  test_close_while_a_call_runs();
  test_most_jobs();
}
