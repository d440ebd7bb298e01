// Who may read what is checked.
// Not on Windows: the folder for temporary files is the user's own there, and hands that on.
#include <doctest/doctest.h>

#include "core/random.h"
#include "fs/file_system.h"
#include "validation/syntax/private_folder.h"

using namespace ratchet;

TEST_CASE("texts that are checked lie in a folder and files of their user's alone") {
  PrivateFolder folder(system_files(), system_random());
  folder.write("1.go", "package p");
  CHECK(system_files().status(folder.path())->mode == 0700);
  CHECK(system_files().status(folder.path() / "1.go")->mode == 0600);
}
