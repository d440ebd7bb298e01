#include "core/nearest.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ratchet;

namespace {

const std::vector<std::string> kKnown{"entity", "fields", "path", "template", "variables"};

}  // namespace

TEST_CASE("a slip finds the name that was meant") {
  struct Row {
    std::string written;
    std::string meant;
  };
  const std::vector<Row> rows{
      {"entitty", "entity"},      // one letter too many
      {"entty", "entity"},        // one too few
      {"entyti", "entity"},       // two replaced
      {"etnity", "entity"},       // neighbours swapped
      {"ENTITY", "entity"},       // case alone
      {"Templates", "template"},  // plural, capital
      {"pth", "path"},           {"field", "fields"}, {"varables", "variables"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(nearest_name(row.written, kKnown) == row.meant);
  }
}

TEST_CASE("a name that is far from all has no nearest") {
  for (const std::string name : {"", "x", "colour", "tables_of_all_kinds"}) {
    CAPTURE(name);
    CHECK_FALSE(nearest_name(name, kKnown).has_value());
  }
  CHECK_FALSE(nearest_name("entity", {}).has_value());
  CHECK_FALSE(nearest_name(std::string(100000, 'e'), kKnown).has_value());
}

TEST_CASE("of names equally near the first one counts") {
  const std::vector<std::string> known{"cat", "car"};
  CHECK(nearest_name("cab", known) == "cat");
}

TEST_CASE("a name of one letter may differ in it") {
  const std::vector<std::string> known{"a"};
  CHECK(nearest_name("b", known) == "a");
}

TEST_CASE("the question fits behind a message") {
  CHECK(did_you_mean("entitty", kKnown) == "; did you mean \"entity\"?");
  CHECK(did_you_mean("nothing like it", kKnown).empty());
}
