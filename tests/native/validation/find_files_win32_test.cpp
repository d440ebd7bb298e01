// Patterns that begin at a drive.
#include <doctest/doctest.h>

#include <algorithm>

#include "fs/scratch_folder.h"
#include "validation/structure/find_files.h"

namespace ratchet {

TEST_CASE("a pattern that begins at a drive is followed from there, with either separator") {
  const test::ScratchFolder scratch;
  scratch.put("a.json", "{}");
  scratch.put("b.txt", "");
  std::string backslashes = (scratch.path() / "*.json").string();
  std::replace(backslashes.begin(), backslashes.end(), '/', '\\');
  std::string slashes = backslashes;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  for (const std::string& pattern : {slashes, backslashes}) {
    CAPTURE(pattern);
    const FoundFiles found =
        find_files(system_files(), "C:/", pattern, Limits(), CancelSource{}.token());
    REQUIRE(found.paths.size() == 1);
    // As the system writes it, so that a file that was named as well is known again.
    CHECK(found.paths.front() == backslashes.substr(0, backslashes.find('*')) + "a.json");
  }
}

}  // namespace ratchet
