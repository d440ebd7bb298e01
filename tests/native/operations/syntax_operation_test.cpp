// validate.syntax through the table of operations.
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"
#include "fs/memory_file_system.h"
#include "fs/scratch_folder.h"
#include "operations/operation.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

struct Caller {
  explicit Caller(FileSystem& file_system) : files(file_system) {}

  json::array call(const std::vector<std::string>& paths, Limits limits = {}) {
    const Environment environment{files, launcher, clock, random, limits, 2};
    OpenTransactions transactions;
    HostDesk host_desk;
    OperationContext context{environment, no_events(), cancel.token(), transactions, host_desk};
    json::object request{{"paths", json::value_from(paths)}};
    result = call_operation("validate.syntax", json::serialize(request), context).as_object();
    return result.at("files").as_array();
  }

  FileSystem& files;
  ScriptedLauncher launcher;
  test::WaitingClock clock;
  test::CountingRandom random;
  CancelSource cancel;
  json::object result;
};

void check_unread(const json::value& file, std::string_view path, std::string_view code) {
  CAPTURE(path);
  CHECK(file.at("path").as_string() == path);
  CHECK(file.at("checked_by") == "none");
  CHECK_FALSE(file.as_object().contains("valid"));
  CHECK(file.at("errors").as_array().empty());
  REQUIRE(file.at("warnings").as_array().size() == 1);
  const json::value& warning = file.at("warnings").at(0);
  CHECK(warning.at("code").as_string() == code);
  CHECK(warning.at("severity") == "warning");
  CHECK(warning.at("path").as_string() == path);
}

}  // namespace

TEST_CASE("validate.syntax: a file that cannot be read is told, and the others are judged") {
  MemoryFileSystem files;
  files.put_file("/p/good.json", "{}");
  files.put_file("/p/bad.json", "{");
  files.put_file("/p/large.json", "[" + std::string(300, ' ') + "]");
  Caller caller(files);
  Limits limits;
  limits.input_bytes = 200;
  const json::array judged = caller.call(
      {"/p/missing.json", "/p/good.json", "/p", "/p/bad.json", "/p/large.json"}, limits);
  REQUIRE(judged.size() == 5);
  check_unread(judged[0], "/p/missing.json", "io.not_found");
  CHECK(judged[1].at("valid") == true);
  check_unread(judged[2], "/p", "io.not_a_file");
  CHECK(judged[3].at("valid") == false);
  check_unread(judged[4], "/p/large.json", "limit.input_size");
  CHECK(caller.result.at("valid") == false);

  check_unread(caller.call({"/p/missing.json"}).at(0), "/p/missing.json", "io.not_found");
  CHECK_FALSE(caller.result.contains("valid"));
  (void)caller.call({"/p/good.json", "/p/missing.json"});
  CHECK_FALSE(caller.result.contains("valid"));
}

TEST_CASE("validate.syntax: a FIFO is not waited for, and what is closed is not read") {
  const test::ScratchFolder scratch;
  const std::string fifo = (scratch.path() / "fifo.json").string();
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const std::string closed = (scratch.path() / "closed.json").string();
  std::ofstream(closed) << "{}";
  std::filesystem::permissions(closed, std::filesystem::perms::none);
  Caller caller(system_files());
  const json::array judged = caller.call({fifo, closed});
  check_unread(judged[0], fifo, "io.not_a_file");
  if (::geteuid() == 0) {
    std::printf("SKIPPED: a file without permissions (root reads it all the same)\n");
    return;
  }
  check_unread(judged[1], closed, "io.permission_denied");
}

TEST_CASE("validate.syntax: a relative path is refused before anything is read") {
  MemoryFileSystem files;
  Caller caller(files);
  CHECK_THROWS_WITH_AS((void)caller.call({"/p/missing.json", "good.json"}),
                       doctest::Contains("\"good.json\" must be absolute"), Error);
}

TEST_CASE("validate.syntax: files of more than a slice keep their order") {
  MemoryFileSystem files;
  // Two of 40 MiB make a slice; their language is not known, which costs no time.
  const std::string large(std::size_t{40} << 20, ' ');
  files.put_file("/p/1.large", large);
  files.put_file("/p/2.large", large);
  files.put_file("/p/good.json", "{}");
  files.put_file("/p/bad.json", "{");
  Caller caller(files);
  const json::array judged = caller.call({"/p/good.json", "/p/1.large", "/p/bad.json", "/p/2.large",
                                          "/p/missing.json", "/p/bad.json", "/p/good.json"});
  REQUIRE(judged.size() == 7);
  check_unread(judged[4], "/p/missing.json", "io.not_found");
  std::string verdicts;
  for (const json::value& file : judged) {
    const json::value* valid = file.as_object().if_contains("valid");
    verdicts += valid == nullptr ? '?' : valid->as_bool() ? 'v' : 'i';
  }
  CHECK(verdicts == "v?i??iv");
  CHECK(judged[3].at("path") == "/p/2.large");
}
