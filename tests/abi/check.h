/* What the cases of the ABI test share: counting what held, and short forms of the calls.
 *
 * The program uses ratchet.h alone. A case is a function that calls check() as often as it likes;
 * it fails when one of them got 0. Cases that need several threads start them with run_threads().
 * check() may be called from any thread. */
#ifndef RATCHET_TESTS_ABI_CHECK_H
#define RATCHET_TESTS_ABI_CHECK_H

#include <ratchet/ratchet.h>
#include <stddef.h>

/* A millisecond count after which something that must happen is taken as never happening. */
enum { PATIENCE_MS = 60000 };

/* The texts of a call; both are given back by free_outcome(). */
typedef struct Outcome {
  ratchet_status status;
  ratchet_text result;
  ratchet_text error;
} Outcome;

/* Counts; prints `what` when `holds` is 0. Gives `holds` back. */
int check(int holds, const char* what);

/* Failed checks so far, of all cases. */
int failed_checks(void);

/* An engine with these options (NULL: none), or 0 after a failed check. */
ratchet_engine open_engine(const char* options);

/* ratchet_call and ratchet_start with NUL-terminated texts. start() gives 0 after a failed check.
 */
Outcome call(ratchet_engine engine, const char* operation, const char* request);
ratchet_job start(ratchet_engine engine, const char* operation, const char* request);
Outcome result_of(ratchet_job job);
void free_outcome(Outcome* outcome);

/* Whether the text of the handle has `part` in it; 0 for an invalid handle. */
int contains(ratchet_text text, const char* part);

/* An error with this code, one line of message, in UTF-8; frees the outcome. */
int is_error(Outcome outcome, ratchet_status status, const char* code);

/* Reads and frees all events until the job has finished; 0 when PATIENCE_MS passed first. */
int drain(ratchet_job job);

/* Waits for the end of a job without reading its events; 0 when PATIENCE_MS passed first. */
int wait_for_result(ratchet_job job);

/* Runs `body` in `count` threads, each with one of `count` arguments of `size` bytes, and joins
 * them. */
void run_threads(int count, void* (*body)(void*), void* arguments, size_t size);

/* The cases, one function a file. */
void test_handles(void);
void test_inputs(void);
void test_jobs(void);
void test_events(void);
void test_threads(void);

#endif
