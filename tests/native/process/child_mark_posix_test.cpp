// Not on Windows: a job knows who lives in it, so that nothing is marked.
#include "process/child_mark_posix.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "process/child_probe_posix.h"

using namespace ratchet;  // NOLINT: a test of this namespace

TEST_CASE("a mark is held by the value of its child and of the child's children, not by others") {
  const ChildMarks outer("OUTER", "");
  CHECK(outer.value(7) == "OUTER.7");
  const ChildMarks inner("INNER", outer.value(7));
  const std::string value = inner.value(12);
  CHECK(value == "OUTER.7:INNER.12");
  CHECK(ChildMarks::holds(value, "OUTER.7"));
  CHECK(ChildMarks::holds(value, "INNER.12"));
  for (const char* other : {"INNER.1", "INNER.2", "OUTER", "7", "", "OUTER.7:INNER.12"}) {
    CAPTURE(other);
    CHECK_FALSE(ChildMarks::holds(value, other));
  }
  CHECK_FALSE(ChildMarks::holds("", "OUTER.7"));
}

TEST_CASE("each child gets a mark of its own behind the host's, whatever the command sets") {
  ::setenv("RATCHET_CHILD", "AROUND.3", 1);
  const auto launcher = make_system_launcher(std::nullopt);
  ::unsetenv("RATCHET_CHILD");
  Command command = shell("printf %s \"$RATCHET_CHILD\"");
  command.environment = {{"RATCHET_CHILD", "forged"}};
  const std::string first = run_to_end(*launcher, command, {}).out.bytes;
  const std::string second = run_to_end(*launcher, command, {}).out.bytes;
  CHECK(first.starts_with("AROUND.3:"));
  CHECK(first.ends_with(".1"));
  CHECK(second == first.substr(0, first.size() - 1) + "2");
}
