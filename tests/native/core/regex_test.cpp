#include "core/regex.h"

#include <doctest/doctest.h>
TEST_CASE("x") {}
