"""The program without its library, or with another one: a line of ours, and no window of the system's."""

import os
import pathlib
import shutil
import struct
import unittest

from workspace import RATCHET, ProjectTest, run_ratchet, told

BUILD = pathlib.Path(os.environ.get("RATCHET_WINDOWS_BUILD", "")) / "native"
WRONG = 2
# IMAGE_FILE_MACHINE_ARM64 of Microsoft's PE format, whose signature it follows.
MACHINE_ARM64 = 0xAA64
SIGNATURE_AT = 0x3C
SIGNATURE_BYTES = 4


class Library(ProjectTest):
    def setUp(self):
        super().setUp()
        self.library = self.outside / "ratchet.dll"
        program = self.outside / "ratchet.exe"
        shutil.copy(BUILD / "ratchet.exe", program)
        starter = pathlib.Path(RATCHET).read_text(encoding="utf-8")
        self.starter = self.outside / "starter"
        self.starter.write_text(starter.replace(str(BUILD / "ratchet.exe"), str(program)), encoding="utf-8")
        self.starter.chmod(0o755)

    def run_alone(self):
        return run_ratchet("--version", binary=str(self.starter), folder=BUILD)

    def assert_refused(self, why):
        ended = self.run_alone()
        self.assertEqual((ended.exit_code, ended.stdout), (WRONG, ""))
        self.assertEqual(ended.stderr, f'error: "{told(self.library)}" {why}; install the program and '
                                       "its library from one package\n")

    def test_the_library_beside_it_is_its_own(self):
        shutil.copy(BUILD / "ratchet.dll", self.library)
        ended = self.run_alone()
        self.assertEqual((ended.exit_code, ended.stdout), (0, "ratchet 0.1.0\n"), ended.stderr)

    def test_a_missing_library_is_named_though_the_current_folder_has_one(self):
        self.assertTrue((BUILD / "ratchet.dll").exists())
        self.assert_refused("is not there")

    def test_half_a_library_is_none(self):
        self.library.write_bytes((BUILD / "ratchet.dll").read_bytes()[:100_000])
        self.assert_refused("is no library for this machine (x64)")

    def test_a_library_for_another_machine_is_none(self):
        image = bytearray((BUILD / "ratchet.dll").read_bytes())
        machine_at = struct.unpack_from("<I", image, SIGNATURE_AT)[0] + SIGNATURE_BYTES
        struct.pack_into("<H", image, machine_at, MACHINE_ARM64)
        self.library.write_bytes(image)
        self.assert_refused("is no library for this machine (x64)")

    def test_a_library_of_another_abi_is_refused(self):
        shutil.copy(BUILD / "ratchet_other_abi.dll", self.library)
        self.assert_refused("is version 99.0.0 with ABI 99, and this program needs ABI 1")


if __name__ == "__main__":
    unittest.main()
