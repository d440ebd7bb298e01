// validate.syntax on a real disk.
// Not on Windows: it has neither FIFOs nor permission bits.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "fs/scratch_folder.h"
#include "operations/syntax_caller.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

TEST_CASE("validate.syntax: a FIFO is not waited for, and what is closed is not read") {
  const ScratchFolder scratch;
  const std::string fifo = (scratch.path() / "fifo.json").string();
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const std::string closed = (scratch.path() / "closed.json").string();
  std::ofstream(closed) << "{}";
  std::filesystem::permissions(closed, std::filesystem::perms::none);
  SyntaxCaller caller;
  const json::object result = caller.judge_on_disk({fifo, closed});
  const json::array& judged = result.at("files").as_array();
  check_unread(judged[0], fifo, "io.not_a_file");
  if (::geteuid() == 0) {
    say_skipped("a file without permissions", "root reads it all the same");
    return;
  }
  check_unread(judged[1], closed, "io.permission_denied");
}
