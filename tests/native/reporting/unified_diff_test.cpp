#include "reporting/unified_diff.h"

#include <doctest/doctest.h>

namespace ratchet {

TEST_CASE("unified diff: a new file is shown as git shows it") {
  CHECK(new_file_diff("a/b.txt", "one\ntwo\n") ==
        "diff --git a/a/b.txt b/a/b.txt\nnew file mode 100644\n--- /dev/null\n+++ b/a/b.txt\n"
        "@@ -0,0 +1,2 @@\n+one\n+two\n");
  CHECK(new_file_diff("x", "one") ==
        "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+one\n"
        "\\ No newline at end of file\n");
  CHECK(new_file_diff("x", "") == "diff --git a/x b/x\nnew file mode 100644\n");
}

TEST_CASE("unified diff: what is no text is told by size and digest") {
  using namespace std::string_literals;
  const std::string shown = new_file_diff("x", "a\0b"s);
  CHECK(shown.find("Binary file b/x added: 3 bytes, sha256 ") != std::string::npos);
  CHECK(new_file_diff("x", "\xff")
            .find("1 bytes, sha256 "
                  "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832"
                  "eb89") != std::string::npos);
}

}  // namespace ratchet
