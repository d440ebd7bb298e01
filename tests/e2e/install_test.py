"""The installed tree works from wherever it is moved to."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from workspace import not_on_windows, run_ratchet


@not_on_windows("is about the tree of Linux; tests/package has that of Windows")
class Installed(unittest.TestCase):
    def setUp(self):
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="ratchet-e2e-"))
        self.addCleanup(shutil.rmtree, scratch)
        subprocess.run(["cmake", "--install", os.environ["RATCHET_BUILD"], "--prefix",
                        scratch / "first"], check=True, capture_output=True)
        self.tree = scratch / "moved away"
        (scratch / "first").rename(self.tree)

    def test_the_command_line_runs_from_a_moved_tree(self):
        ended = run_ratchet("--version", binary=str(self.tree / "bin" / "ratchet"), folder="/")
        self.assertEqual((ended.exit_code, ended.stdout), (0, "ratchet 0.1.0\n"), ended.stderr)

    def test_it_uses_the_library_of_its_own_tree(self):
        listed = subprocess.run(["ldd", self.tree / "bin" / "ratchet"], check=True,
                                capture_output=True, text=True).stdout
        line = next(line for line in listed.splitlines() if "libratchet" in line)
        self.assertIn(str(self.tree), os.path.realpath(line.split("=> ")[1].split(" (")[0]))

    def test_a_library_of_another_abi_is_refused(self):
        other = pathlib.Path(os.environ["RATCHET_BUILD"]) / "native" / "libratchet_other_abi.so"
        library = self.tree / "other" / "libratchet.so"
        library.parent.mkdir()
        shutil.copy(other, library)
        ended = run_ratchet("--version", binary=str(self.tree / "bin" / "ratchet"),
                            prefix=["env", f"LD_LIBRARY_PATH={library.parent}"])
        self.assertEqual((ended.exit_code, ended.stdout), (2, ""))
        self.assertEqual(ended.stderr, 'error: "libratchet.so" is version 99.0.0 with ABI 99, and this program '
                                       "needs ABI 1; install the program and its library from one package\n")

    def test_nothing_names_the_build_folder(self):
        for path in [self.tree / "bin" / "ratchet", *(self.tree / "lib").glob("libratchet.so*")]:
            dynamic = subprocess.run(["readelf", "-d", path], check=True, capture_output=True,
                                     text=True).stdout
            self.assertNotIn(os.environ["RATCHET_BUILD"], dynamic)

    def test_a_program_in_c_compiles_against_the_tree(self):
        source = self.tree / "program.c"
        source.write_text("#include <ratchet/ratchet.h>\n"
                          "int main(void) { return (int)(ratchet_abi_version() - "
                          "RATCHET_ABI_VERSION); }\n")
        subprocess.run(["gcc", "-std=c99", source, f"-I{self.tree}/include", f"-L{self.tree}/lib",
                        f"-Wl,-rpath,{self.tree}/lib", "-lratchet", "-o", self.tree / "program"],
                       check=True)
        self.assertEqual(subprocess.run([self.tree / "program"], check=False).returncode, 0)


if __name__ == "__main__":
    unittest.main()
