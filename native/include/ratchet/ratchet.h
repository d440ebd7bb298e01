/* Ratchet: many files of a repository changed as one step that happens whole or not at all.
 *
 * The C interface of libratchet, and its only public header. Everything the engine does is an
 * operation that is named by text, takes a JSON request and gives a JSON result; `describe` lists
 * them with the schemas of both. docs/abi.md shows a program that uses this header.
 *
 * Conventions
 *   Texts     pointer and length, UTF-8, no terminating NUL needed; a NULL pointer with length 0 is
 * the empty text. A request that is empty stands for `{}`. Handles   64-bit ids of engines, jobs
 * and texts; 0 is never one. An id that was released, or never was one, is answered by
 * RATCHET_INVALID_HANDLE and never by a crash. Results   a call that fails returns a status other
 * than RATCHET_OK and, where it has an `error` parameter that is not NULL, stores there a text with
 *             `{"code", "category", "message", "path"?, "line"?, "column"?, "hint"?, "details"?}`.
 *             Output parameters are set to 0 first. No call keeps a state that another call reads.
 *   Memory    what the library hands out as ratchet_text is the library's: ratchet_text_free gives
 * it back. What the caller passes in is copied before the call returns. Threads   every function
 * may be called from any thread at any time, also on the same handle. Unloading the library stays
 * in the process once it is loaded.
 *
 * Every function exists since 0.1.0 (ABI 1). Functions and status values are added, never changed;
 * RATCHET_ABI_VERSION rises only when a program compiled against an older header would break.
 */
#ifndef RATCHET_RATCHET_H
#define RATCHET_RATCHET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define RATCHET_NOEXCEPT noexcept
#else
#define RATCHET_NOEXCEPT
#endif

/* Who looks the functions up at run time and gives them bodies of his own defines it as nothing. */
#if defined(RATCHET_API)
#elif defined(_WIN32)
#define RATCHET_API __declspec(dllexport)
#else
#define RATCHET_API __attribute__((visibility("default")))
#endif

#define RATCHET_ABI_VERSION 1u

typedef uint64_t ratchet_engine;
typedef uint64_t ratchet_job;
typedef uint64_t ratchet_text;

typedef int32_t ratchet_status;
enum {
  RATCHET_OK = 0,             /* done; for ratchet_wait: the job has finished */
  RATCHET_ERROR = 1,          /* the operation could not be done; see `error` */
  RATCHET_INVALID_HANDLE = 2, /* released before, or never a handle of this kind */
  RATCHET_NULL_POINTER = 3,   /* a pointer that must not be NULL is */
  RATCHET_RUNNING = 4, /* the job has not finished (after the time given, or no result yet) */
  RATCHET_EVENTS = 5,  /* events of the job wait to be read */
  RATCHET_NONE = 6     /* no event waits */
};

/* How ratchet_cancel ends a job. */
enum {
  RATCHET_CANCEL = 0,        /* ask; children get their grace period. A second call skips it */
  RATCHET_CANCEL_AT_ONCE = 1 /* skip the grace period */
};

/* The ABI of the library that was loaded; compare it with RATCHET_ABI_VERSION. */
RATCHET_API uint32_t ratchet_abi_version(void) RATCHET_NOEXCEPT;

/* The version, `0.1.0`; constant, terminated by a NUL, never freed. */
RATCHET_API const char* ratchet_version(void) RATCHET_NOEXCEPT;

/* Opens an engine. `options` is a JSON object (schema `EngineOptions` of `describe`) or empty.
 * Engines share nothing. Starts no thread and reads no disk. */
RATCHET_API ratchet_status ratchet_open(const char* options, size_t options_size,
                                        ratchet_engine* engine,
                                        ratchet_text* error) RATCHET_NOEXCEPT;

/* Cancels the engine's jobs at once, waits until they have undone what they did, and ends the
 * engine. Blocks for as long as that takes. Jobs and texts that were handed out stay readable until
 * they are released. Must not be called from within an operation. */
RATCHET_API ratchet_status ratchet_close(ratchet_engine engine) RATCHET_NOEXCEPT;

/* Runs an operation in the calling thread and waits for it: for short work. `result` receives the
 * JSON result. The name may stand in any thread's memory; both texts are copied or used up before
 * the call returns. */
RATCHET_API ratchet_status ratchet_call(ratchet_engine engine, const char* operation,
                                        size_t operation_size, const char* request,
                                        size_t request_size, ratchet_text* result,
                                        ratchet_text* error) RATCHET_NOEXCEPT;

/* Starts an operation in a thread of the engine's and returns at once. Then: ratchet_wait until it
 * is RATCHET_OK, draining ratchet_event on RATCHET_EVENTS, then ratchet_result, then
 * ratchet_release. */
RATCHET_API ratchet_status ratchet_start(ratchet_engine engine, const char* operation,
                                         size_t operation_size, const char* request,
                                         size_t request_size, ratchet_job* job,
                                         ratchet_text* error) RATCHET_NOEXCEPT;

/* Waits until an event can be read (RATCHET_EVENTS), the job has finished and all its events are
 * read (RATCHET_OK), or the time is over (RATCHET_RUNNING). 0 only looks; a negative time waits for
 * ever. */
RATCHET_API ratchet_status ratchet_wait(ratchet_job job, int64_t timeout_ms) RATCHET_NOEXCEPT;

/* Takes the oldest waiting event, a JSON object with the key `event`; RATCHET_NONE when there is
 * none. The queue is bounded: a newer progress replaces the waiting one, output that finds no room
 * is dropped and counted in an event `events.dropped`, lifecycle events are never dropped: a run of
 * actions starts no further one while more than 16 MiB of events wait. */
RATCHET_API ratchet_status ratchet_event(ratchet_job job, ratchet_text* event) RATCHET_NOEXCEPT;

/* The outcome of a finished job, as ratchet_call would have given it; RATCHET_RUNNING before. May
 * be asked for more than once; each call hands out new texts. */
RATCHET_API ratchet_status ratchet_result(ratchet_job job, ratchet_text* result,
                                          ratchet_text* error) RATCHET_NOEXCEPT;

/* Asks a job to end, from any thread; returns at once. A job that has finished stays as it is. */
RATCHET_API ratchet_status ratchet_cancel(ratchet_job job, int32_t mode) RATCHET_NOEXCEPT;

/* Gives the handle back. Never blocks: a job that still runs is cancelled and ends by itself. */
RATCHET_API ratchet_status ratchet_release(ratchet_job job) RATCHET_NOEXCEPT;

/* The bytes of a text, followed by a NUL that does not count; NULL for an invalid handle. Valid
 * until the text is freed. */
RATCHET_API const char* ratchet_text_data(ratchet_text text) RATCHET_NOEXCEPT;

/* The length in bytes; 0 for an invalid handle. */
RATCHET_API size_t ratchet_text_size(ratchet_text text) RATCHET_NOEXCEPT;

/* Gives a text back. Freeing 0 does nothing and is RATCHET_OK. */
RATCHET_API ratchet_status ratchet_text_free(ratchet_text text) RATCHET_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
