/* Drives libratchet through its public header alone, as a program in C would.
 *
 * Prints a line for each case and closes with the counts; exit code 1 when a check failed. */
#include <stdio.h>
#include <string.h>

#include "check.h"

static void test_versions(void) {
  Outcome outcome;
  ratchet_engine engine = open_engine(NULL);
  check(ratchet_abi_version() == RATCHET_ABI_VERSION, "library and header have one ABI version");
  check(strcmp(ratchet_version(), RATCHET_EXPECTED_VERSION) == 0, "the version is the project's");
  outcome = call(engine, "describe", "{\"operation\":\"ping\"}");
  check(outcome.status == RATCHET_OK, "describe answers");
  check(contains(outcome.result, "\"name\":\"ping\""), "describe names the operation asked for");
  check(contains(outcome.result, RATCHET_EXPECTED_VERSION), "describe names the version");
  free_outcome(&outcome);
  check(ratchet_close(engine) == RATCHET_OK, "the engine closes");
}

typedef struct Case {
  const char* name;
  void (*run)(void);
} Case;

static const Case cases[] = {
    {"the library says which version it is", test_versions},
    {"handles that are stale, foreign, of another kind or released twice are errors", test_handles},
    {"faulty and extreme inputs are answered by one error each", test_inputs},
    {"jobs run, are waited for, cancelled, released and closed", test_jobs},
    {"the event queue is bounded and counts what it drops", test_events},
    {"many threads use the same handles at once", test_threads},
};

int main(void) {
  const size_t count = sizeof cases / sizeof cases[0];
  int passed = 0;
  int failed = 0;
  size_t i;
  for (i = 0; i < count; ++i) {
    const int before = failed_checks();
    cases[i].run();
    if (failed_checks() == before) {
      ++passed;
      printf("ok: %s\n", cases[i].name);
    } else {
      ++failed;
      printf("FAILED: %s\n", cases[i].name);
    }
    fflush(stdout);
  }
  printf("%d passed, %d failed, 0 skipped\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
