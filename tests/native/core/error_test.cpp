#include "core/error.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>
#include <vector>

using namespace ratchet;

TEST_CASE("an error carries what its thrower said") {
  const Error error = Error("template.unknown", "template \"modl\" does not exist")
                          .at("batch.json", {3, 7, 40})
                          .hint("did you mean \"model\"?")
                          .details({{"known", {"model", "crud"}}});
  CHECK(error.code().name() == "template.unknown");
  CHECK(error.category() == Category::not_found);
  CHECK(error.message() == "template \"modl\" does not exist");
  CHECK(std::string(error.what()) == error.message());
  CHECK(error.path() == "batch.json");
  CHECK(error.position() == Position{3, 7, 40});
  CHECK(error.hint() == "did you mean \"model\"?");
  CHECK(error.details().at("known").as_array().size() == 2);
}

TEST_CASE("an error without a place has none") {
  const Error error("internal.error", "broken");
  CHECK_FALSE(error.path().has_value());
  CHECK_FALSE(error.position().known());
  CHECK(error.hint().empty());
  CHECK(error.details().empty());
}

TEST_CASE("a failed system call gets the code for its number") {
  struct Row {
    int number;
    std::string code;
    Category category;
  };
  const std::vector<Row> rows{
      {ENOENT, "io.not_found", Category::not_found},
      {EACCES, "io.permission_denied", Category::io},
      {EPERM, "io.permission_denied", Category::io},
      {EROFS, "io.read_only", Category::io},
      {ENOSPC, "io.no_space", Category::io},
      {ENOTDIR, "io.not_a_folder", Category::invalid_input},
      {EISDIR, "io.not_a_file", Category::invalid_input},
      {EIO, "io.error", Category::io},
  };
  for (const Row& row : rows) {
    const Error error = system_error(row.number, "create", "a/b.py");
    CAPTURE(row.code);
    CHECK(error.code().name() == row.code);
    CHECK(error.category() == row.category);
    CHECK(error.path() == "a/b.py");
    CHECK(error.message().starts_with("cannot create \"a/b.py\": "));
  }
}
