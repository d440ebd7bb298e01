// Failed system calls that only some systems know.
// Not on Windows: it says of a full quota that the disk is full.
#include <doctest/doctest.h>

#include <cerrno>

#include "core/error.h"

using namespace ratchet;

TEST_CASE("a full quota is a full disk") {
  CHECK(system_error(EDQUOT, "write", "a").code().name() == "io.no_space");
}
