#include "abi/handle_table.h"

#include <doctest/doctest.h>

#include <string>

namespace ratchet {

TEST_CASE("handle table: an id finds its object until it is removed, and never again") {
  HandleTable<std::string> table(1);
  const std::uint64_t first = table.add(std::make_shared<std::string>("a"));
  CHECK(*table.find(first) == "a");
  CHECK(*table.remove(first) == "a");
  CHECK(table.find(first) == nullptr);
  CHECK(table.remove(first) == nullptr);
  const std::uint64_t second = table.add(std::make_shared<std::string>("b"));
  CHECK(second != first);
  CHECK(table.find(first) == nullptr);
  CHECK(*table.find(second) == "b");
  CHECK(table.size() == 1);
}

TEST_CASE("handle table: ids of another kind, zero and invented ones find nothing") {
  HandleTable<std::string> table(1);
  HandleTable<std::string> other(2);
  const std::uint64_t foreign = other.add(std::make_shared<std::string>("x"));
  static_cast<void>(table.add(std::make_shared<std::string>("a")));
  for (const std::uint64_t id : {std::uint64_t{0}, foreign, ~std::uint64_t{0}, std::uint64_t{1}}) {
    CAPTURE(id);
    CHECK(table.find(id) == nullptr);
  }
}

TEST_CASE("handle table: what was found stays alive while it is held") {
  HandleTable<std::string> table(1);
  const std::uint64_t id = table.add(std::make_shared<std::string>("a"));
  const std::shared_ptr<std::string> held = table.find(id);
  static_cast<void>(table.remove(id));
  CHECK(*held == "a");
}

}  // namespace ratchet
