#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { EMITTED = 100000, DEFAULT_ROOM = 4096 };

/* The number behind `key` in an event; -1 where the event has no such key. */
static long number_of(ratchet_text event, const char* key) {
  const char* data = ratchet_text_data(event);
  const char* found = data == NULL ? NULL : strstr(data, key);
  return found == NULL ? -1 : strtol(found + strlen(key), NULL, 10);
}

typedef struct Tally {
  long read;    /* events of kind output */
  long dropped; /* the sum of what the gaps say */
  long gaps;
} Tally;

/* Reads one event into the tally; the numbers that arrive go up, and a gap is as wide as it says.
 */
static void count_event(ratchet_text event, Tally* tally) {
  const long count = number_of(event, "\"count\":");
  if (contains(event, "\"event\":\"events.dropped\"")) {
    check(count > 0, "a gap says how much is missing");
    tally->dropped += count;
    ++tally->gaps;
    return;
  }
  check(contains(event, "\"event\":\"job.output\""), "ping emits output alone");
  check(number_of(event, "\"number\":") == tally->read + tally->dropped,
        "events come in order, and gaps stand where something is missing");
  ++tally->read;
}

static Tally read_all(ratchet_job job) {
  Tally tally = {0, 0, 0};
  ratchet_status status = ratchet_wait(job, PATIENCE_MS);
  while (status == RATCHET_EVENTS) {
    ratchet_text event = 0;
    check(ratchet_event(job, &event) == RATCHET_OK, "an event that waits can be read");
    count_event(event, &tally);
    check(ratchet_text_free(event) == RATCHET_OK, "an event is a text");
    status = ratchet_wait(job, PATIENCE_MS);
  }
  check(status == RATCHET_OK, "the job finishes once its events are read");
  return tally;
}

static ratchet_job start_emitting(ratchet_engine engine) {
  char request[64];
  snprintf(request, sizeof request, "{\"events\":%d}", EMITTED);
  return start(engine, "ping", request);
}

/* The slowest reader of all: it looks only when everything was emitted. */
static void test_late_reader(const char* options, long room) {
  ratchet_engine engine = open_engine(options);
  ratchet_job job = start_emitting(engine);
  Tally tally;
  check(wait_for_result(job), "a job does not wait for its reader");
  check(ratchet_wait(job, 0) == RATCHET_EVENTS, "events stay readable after the end");
  tally = read_all(job);
  check(tally.read + tally.dropped == EMITTED,
        "what was read and what was dropped is all there was");
  check(tally.read == room, "the queue holds as much as its limit and no more");
  check(tally.gaps == 1, "one gap stands for all that found no room");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

static void test_reader_beside(void) {
  ratchet_engine engine = open_engine("{\"limits\":{\"queued_events\":16}}");
  ratchet_job job = start_emitting(engine);
  const Tally tally = read_all(job);
  check(tally.read + tally.dropped == EMITTED, "a reader beside the job misses nothing uncounted");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

typedef struct Reader {
  ratchet_job job;
  long read;
  long dropped;
} Reader;

static void* read_share(void* argument) {
  Reader* reader = argument;
  ratchet_status status = ratchet_wait(reader->job, PATIENCE_MS);
  while (status == RATCHET_EVENTS) {
    ratchet_text event = 0;
    if (ratchet_event(reader->job, &event) == RATCHET_OK) {
      const long count = number_of(event, "\"count\":");
      if (count > 0) {
        reader->dropped += count;
      } else {
        ++reader->read;
      }
      ratchet_text_free(event);
    }
    status = ratchet_wait(reader->job, PATIENCE_MS);
  }
  check(status == RATCHET_OK, "every reader sees the end");
  return NULL;
}

static void test_several_readers(void) {
  enum { READERS = 4 };
  ratchet_engine engine = open_engine(NULL);
  ratchet_job job = start_emitting(engine);
  Reader readers[READERS];
  long total = 0;
  int i;
  for (i = 0; i < READERS; ++i) {
    readers[i].job = job;
    readers[i].read = 0;
    readers[i].dropped = 0;
  }
  run_threads(READERS, read_share, readers, sizeof readers[0]);
  for (i = 0; i < READERS; ++i)
    total += readers[i].read + readers[i].dropped;
  check(total == EMITTED, "several readers share the events between them");
  check(ratchet_release(job) == RATCHET_OK, "the job is released");
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

void test_events(void) {
  test_late_reader(NULL, DEFAULT_ROOM);
  test_late_reader("{\"limits\":{\"queued_events\":16}}", 16);
  test_reader_beside();
  test_several_readers();
}
