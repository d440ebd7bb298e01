// File systems on which `a` and `A` are one name.
#include <doctest/doctest.h>

#include <string>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

struct World : Bench {
  explicit World(bool case_blind) {
    files.put_file("/r/old.txt", "old");
    if (case_blind) files.make_case_blind();
  }

  /// The code of what refuses the two operations, or of their apply.
  template <typename First, typename Second>
  std::string code_of(First first, Second second) {
    return thrown_code([&] {
      auto transaction = begin(files, "/r");
      first(transaction);
      second(transaction);
      static_cast<void>(std::move(transaction).apply(cancel.token()).keep());
    });
  }

  MemoryFileSystem files;
};

void create(Transaction& transaction, std::string_view name) {
  transaction.create(path(name), std::string(name));
}

}  // namespace

TEST_CASE("two spellings of one name are refused where they are one, and two files elsewhere") {
  struct Row {
    const char* first;
    const char* second;
  };
  for (const Row& row : {Row{"a.txt", "A.txt"}, Row{"Folder/x", "folder/y"}}) {
    const auto first = [&](Transaction& transaction) { create(transaction, row.first); };
    const auto second = [&](Transaction& transaction) { create(transaction, row.second); };
    CAPTURE(std::string(row.second));
    World blind(true);
    CHECK(blind.code_of(first, second) == "transaction.case_clash");
    CHECK(blind.files.tree("/r").size() == 1);
    World sharp(false);
    CHECK(sharp.code_of(first, second).empty());
    CHECK(sharp.files.tree("/r").contains(row.first));
    CHECK(sharp.files.tree("/r").contains(row.second));
  }
}

TEST_CASE("a file that stands there under another spelling is not overwritten") {
  World blind(true);
  CHECK(blind.code_of([](Transaction& transaction) { create(transaction, "OLD.txt"); },
                      [](Transaction&) {}) == "transaction.exists");
  CHECK(blind.files.tree("/r").at("old.txt") == "old");
}

TEST_CASE("a rename in case alone is one rename, or says how to do it") {
  const auto rename = [](Transaction& transaction) {
    transaction.move(path("old.txt"), path("Old.txt"));
  };
  const auto nothing = [](Transaction&) {};
  World sharp(false);
  CHECK(sharp.code_of(rename, nothing).empty());
  CHECK(sharp.files.tree("/r").contains("Old.txt"));
  World blind(true);
  CHECK(blind.code_of(rename, nothing) == "transaction.case_clash");
  CHECK(blind.files.tree("/r").contains("old.txt"));
}
