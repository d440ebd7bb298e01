// The journal is what it was written as, or one error; nothing it says is followed then.
#include "transactions/journal.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "core/hash.h"
#include "core/json.h"
#include "fs/thrown_code.h"
#include "transactions/scenario.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

FileState file_state(const std::string& content, std::uint32_t mode = 0644) {
  return {.kind = StateKind::file, .mode = mode, .size = content.size(), .hash = sha256(content)};
}

Journal example() {
  const FileState link{.kind = StateKind::link, .mode = 0, .size = 0, .hash = sha256("target")};
  const FileState folder{.kind = StateKind::folder};
  Journal journal{.id = "T1",
                  .host = "h",
                  .home_inode = 18'446'744'073'709'551'615ULL,
                  .tx_inode = 7,
                  .base = "sub/project",
                  .exchanges = false,
                  .durable = true,
                  .entries = {}};
  journal.entries = {
      {.kind = EntryKind::make_folder, .path = "n", .post = folder, .slot = 9},
      {.kind = EntryKind::create, .path = "n/\xc3\xa4 \"x\"", .post = file_state("", 07777)},
      {.kind = EntryKind::update, .path = "u", .pre = link, .post = file_state("U"), .slot = 1},
      {.kind = EntryKind::move,
       .path = "to",
       .from = "from",
       .pre = file_state("M"),
       .post = file_state("M"),
       .slot = 4},
      {.kind = EntryKind::remove, .path = "m/r", .pre = file_state("R"), .slot = 2, .beside = "m"},
      {.kind = EntryKind::replace_kind,
       .path = "k",
       .pre = folder,
       .post = file_state("K"),
       .slot = 3,
       .beside = ""},
      {.kind = EntryKind::remove_folder, .path = "g", .pre = folder, .slot = 4'294'967'295},
  };
  return journal;
}

/// The trailer that belongs to a text.
std::string sealed(const std::string& body) {
  return body + "\nsha256 " + to_hex(sha256(body + "\n")) + "\n";
}

/// The example with something else in its document.
std::string changed(const std::function<void(json::object&)>& change) {
  const std::string text = encode(example());
  json::value document = json::parse(text.substr(0, text.find('\n')));
  change(document.as_object());
  return sealed(json::serialize(document));
}

json::object& entry(json::object& journal, std::size_t index) {
  return journal.at("entries").as_array().at(index).as_object();
}

std::string code_of(const std::string& text) {
  return thrown_code([&] { static_cast<void>(decode_journal(text)); });
}

}  // namespace

TEST_CASE("a journal reads as it was written") {
  const Journal written = example();
  const Journal read = decode_journal(encode(written));
  CHECK(read.id == written.id);
  CHECK(read.host == written.host);
  CHECK(read.home_inode == written.home_inode);
  CHECK(read.tx_inode == written.tx_inode);
  CHECK(read.base == written.base);
  CHECK(read.exchanges == written.exchanges);
  CHECK(read.durable == written.durable);
  REQUIRE(read.entries.size() == written.entries.size());
  for (std::size_t at = 0; at < read.entries.size(); ++at) {
    CAPTURE(at);
    const Entry& a = read.entries[at];
    const Entry& b = written.entries[at];
    CHECK(a.kind == b.kind);
    CHECK(a.path == b.path);
    CHECK(a.from == b.from);
    CHECK(a.pre == b.pre);
    CHECK(a.post == b.post);
    CHECK(a.slot == b.slot);
    CHECK(a.beside == b.beside);
  }
}

TEST_CASE("a journal torn anywhere, or with any byte changed, is no journal") {
  const std::string text = encode(example());
  for (std::size_t length = 0; length < text.size(); ++length)
    REQUIRE(code_of(text.substr(0, length)) == "transaction.journal");
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    REQUIRE(code_of(damaged) == "transaction.journal");
  }
  CHECK(code_of(text + "x") == "transaction.journal");
  CHECK(code_of(text + text) == "transaction.journal");
  CHECK(code_of(std::string(text.size(), '\0')) == "transaction.journal");
}

TEST_CASE("a journal that says what none of ours says is refused") {
  using Change = std::function<void(json::object&)>;
  const std::vector<std::pair<std::string, Change>> cases{
      {"a newer version", [](json::object& j) { j["version"] = 2; }},
      {"a newer version with more in it",
       [](json::object& j) {
         j["version"] = 2;
         j["new"] = true;
       }},
      {"no version", [](json::object& j) { j.erase("version"); }},
      {"a key that is not known", [](json::object& j) { j["more"] = 1; }},
      {"no entries", [](json::object& j) { j.erase("entries"); }},
      {"an inode that is no number", [](json::object& j) { j["tx_inode"] = "7x"; }},
      {"an id that leads elsewhere", [](json::object& j) { j["id"] = "../../x"; }},
      {"an empty id", [](json::object& j) { j["id"] = ""; }},
      {"a base outside", [](json::object& j) { j["base"] = "../x"; }},
      {"a path outside", [](json::object& j) { entry(j, 1)["path"] = "../x"; }},
      {"a path that climbs", [](json::object& j) { entry(j, 1)["path"] = "a/../../x"; }},
      {"an absolute path", [](json::object& j) { entry(j, 1)["path"] = "/etc/passwd"; }},
      {"a path in .git", [](json::object& j) { entry(j, 1)["path"] = ".git/hooks/pre-commit"; }},
      {"a path in .GIT", [](json::object& j) { entry(j, 1)["path"] = "a/.GIT/config"; }},
      {"a path in .ratchet", [](json::object& j) { entry(j, 1)["path"] = ".ratchet/lock"; }},
      {"an empty path", [](json::object& j) { entry(j, 1)["path"] = ""; }},
      {"a source outside", [](json::object& j) { entry(j, 3)["from"] = "../x"; }},
      {"a slot folder outside", [](json::object& j) { entry(j, 4)["beside"] = ".."; }},
      {"a slot folder in .git", [](json::object& j) { entry(j, 4)["beside"] = ".git"; }},
      {"a negative slot", [](json::object& j) { entry(j, 1)["slot"] = -1; }},
      {"a slot out of range", [](json::object& j) { entry(j, 1)["slot"] = 4'294'967'296; }},
      {"a slot that is a name", [](json::object& j) { entry(j, 1)["slot"] = "journal"; }},
      {"one slot for two", [](json::object& j) { entry(j, 1)["slot"] = 1; }},
      {"one path twice", [](json::object& j) { entry(j, 1)["path"] = "u"; }},
      {"a move from nowhere", [](json::object& j) { entry(j, 3).erase("from"); }},
      {"a source of no move", [](json::object& j) { entry(j, 1)["from"] = "x"; }},
      {"an operation that is not known", [](json::object& j) { entry(j, 1)["operation"] = "run"; }},
      {"a file without a hash",
       [](json::object& j) { entry(j, 1).at("after").as_object().erase("sha256"); }},
      {"a mode that is none",
       [](json::object& j) { entry(j, 1).at("after").as_object()["mode"] = "99999"; }},
      {"a create over a file",
       [](json::object& j) { entry(j, 1)["before"] = entry(j, 3)["after"]; }},
      {"a remove that leaves something",
       [](json::object& j) { entry(j, 4)["after"] = entry(j, 3)["after"]; }},
      {"a move that changes the file",
       [](json::object& j) { entry(j, 3)["after"] = entry(j, 2)["after"]; }},
  };
  REQUIRE(code_of(changed([](json::object&) {})).empty());
  for (const auto& [what, change] : cases) {
    CAPTURE(what);
    CHECK(code_of(changed(change)) == "transaction.journal");
  }
  CHECK(code_of(sealed("[]")) == "transaction.journal");
  CHECK(code_of(sealed("no json")) == "transaction.journal");
}

TEST_CASE("recovery follows no journal that it cannot read, in any stage, and touches nothing") {
  const std::vector<std::pair<std::string, std::string>> journals{
      {"torn", encode(example()).substr(0, 100)},
      {"empty", ""},
      {"newer", changed([](json::object& j) { j["version"] = 2; })},
      {"outside", changed([](json::object& j) { entry(j, 1)["path"] = "../x"; })},
      {"of another id", changed([](json::object& j) { j["id"] = "T2"; })},
  };
  for (const auto& [what, text] : journals) {
    for (const char* name : {"journal", "journal.kept", "journal.undone"}) {
      CAPTURE(what);
      CAPTURE(name);
      MemoryFileSystem files;
      files.put_file("/r/u", "U");
      files.put_file("/r/.ratchet/tx/T1/1", "slot");
      files.put_file("/r/.ratchet/tx/T1/" + std::string(name), text);
      const auto before = files.tree("/r");
      Recovery recovery;
      recovery.run(files);
      REQUIRE(recovery.results.size() == 1);
      CHECK(recovery.results[0].outcome == "blocked");
      CHECK(recovery.results[0].error->code().name() == "transaction.journal");
      CHECK(recovery.results[0].error->hint().find("--forget") != std::string::npos);
      auto after = files.tree("/r");
      after.erase(".ratchet/lock");
      CHECK(after == before);
      // A new transaction is refused until somebody has chosen.
      Bench bench;
      auto transaction = bench.begin(files, "/r", Durability::batch, "T3");
      transaction.create(path("new"), "N");
      CHECK(thrown_code([&] {
              static_cast<void>(std::move(transaction).apply(bench.cancel.token()));
            }) == "transaction.journal");
      Recovery chosen;
      chosen.run(files, RecoveryWay::forget);
      CHECK_FALSE(chosen.blocked());
      CHECK(files.tree("/r").at(".ratchet/kept/T1/1") == "slot");
      CHECK(files.tree("/r").at("u") == "U");
    }
  }
}

TEST_CASE("a half-written journal is nothing") {
  MemoryFileSystem files;
  files.put_file("/r/u", "U");
  files.put_file("/r/.ratchet/tx/T1/journal.tmp", encode(example()));
  Recovery recovery;
  recovery.run(files);
  CHECK(recovery.story() == "T1 removed");
  CHECK(files.tree("/r") == std::map<std::string, std::string>{{"u", "U"}});
}
