"""The packages of a release: the same bytes each time, whole, and usable from where they are unpacked.

RATCHET_BUILD is the build for Linux, RATCHET_WINDOWS_BUILD that for Windows, or empty; RATCHET_DOTNET
builds .NET code.
"""

import hashlib
import os
import pathlib
import re
import shutil
import stat
import struct
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINUX = os.environ["RATCHET_BUILD"]
WINDOWS = os.environ.get("RATCHET_WINDOWS_BUILD", "")
PWSH = os.environ.get("RATCHET_PWSH", "")
DOTNET = os.environ["RATCHET_DOTNET"]
MODULE = "Ratchet.0.1.0.nupkg"
PATIENCE_SECONDS = 300
# IMAGE_FILE_MACHINE_AMD64 of Microsoft's PE format.
MACHINE_X64 = 0x8664


def make(output, *options, **environment):
    """Makes the packages of the builds that are here; the ended process."""
    command = [sys.executable, ROOT / "scripts/package.py", "--linux", LINUX, "--output", output]
    if WINDOWS:
        command += ["--windows", WINDOWS]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False,
                          env={**os.environ, **environment}, timeout=PATIENCE_SECONDS)


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in pathlib.Path(folder).iterdir()}


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ratchet-package-"))
        cls.made = cls.scratch / "made"
        ended = make(cls.made)
        if ended.returncode != 0:
            raise AssertionError(ended.stderr)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.scratch)

    def unpacked(self, name):
        """A folder with what is in a package."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        if name.endswith(".tar.gz"):
            with tarfile.open(self.made / name) as archive:
                archive.extractall(folder)
            return folder
        with zipfile.ZipFile(self.made / name) as archive:
            for entry in archive.infolist():
                os.chmod(archive.extract(entry, folder), entry.external_attr >> 16 & 0o777)
        return folder

    def test_a_second_making_gives_the_same_bytes(self):
        again = self.scratch / "again"
        self.assertEqual(make(again).returncode, 0)
        self.assertEqual(digests(again), digests(self.made))

    def test_no_file_names_the_folders_it_was_built_from(self):
        # Each spelling that a compiler writes; then two builds in two places can give the same bytes.
        folders = {str(ROOT), LINUX, WINDOWS} - {""}
        spellings = [text.encode(encoding) for folder in folders
                     for text in (folder, folder.replace("/", "\\"))
                     for encoding in ("utf-8", "utf-16-le")]
        for archive in (MODULE, "ratchet-0.1.0-linux-x64.tar.gz"):
            for path in self.unpacked(archive).rglob("*"):
                content = path.read_bytes() if path.is_file() else b""
                self.assertEqual([text for text in spellings if text in content], [], path)

    def test_the_module_is_the_same_when_it_is_built_elsewhere(self):
        # Its symbols name sources in pieces, where the test above does not see them.
        elsewhere = self.scratch / "another place" / "clone"
        shutil.copytree(ROOT / "module/src", elsewhere / "module/src")
        shutil.copy(ROOT / "Directory.Build.props", elsewhere)
        ended = subprocess.run(
            [DOTNET, "build", "--configuration", "Release", "--artifacts-path", elsewhere / "made",
             "--verbosity", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false",
             "-p:Version=0.1.0", elsewhere / "module/src"],
            capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
        self.assertEqual(ended.returncode, 0, ended.stdout)
        assembly = "bin/Ratchet/release/Ratchet.dll"
        self.assertEqual(hashlib.sha256((elsewhere / "made" / assembly).read_bytes()).hexdigest(),
                         hashlib.sha256((pathlib.Path(LINUX) / "dotnet" / assembly).read_bytes()).hexdigest())

    def test_the_program_of_linux_looks_for_its_library_beside_itself_alone(self):
        program = self.unpacked("ratchet-0.1.0-linux-x64.tar.gz") / "ratchet-0.1.0-linux-x64/bin/ratchet"
        told = subprocess.run(["readelf", "--dynamic", program], capture_output=True, text=True,
                              check=True).stdout
        places = re.search(r"runpath: \[(.*)\]", told)[1].split(":")
        # An empty one is the current folder, where anybody may have put a library.
        self.assertEqual([place for place in places if not place.startswith("$ORIGIN")], [])

    def test_another_time_gives_other_bytes_and_the_given_one(self):
        other = self.scratch / "other"
        self.assertEqual(make(other, SOURCE_DATE_EPOCH="1000000000").returncode, 0)
        with zipfile.ZipFile(other / MODULE) as archive:
            self.assertEqual({entry.date_time for entry in archive.infolist()},
                             {(2001, 9, 9, 1, 46, 40)})

    def test_the_sums_are_those_of_the_files(self):
        lines = (self.made / "SHA256SUMS").read_text().splitlines()
        told = {name: digest for digest, name in (line.split("  ") for line in lines)}
        self.assertEqual(told, {name: digest for name, digest in digests(self.made).items()
                                if name != "SHA256SUMS"})

    def test_the_command_line_runs_from_its_archive(self):
        folder = self.unpacked("ratchet-0.1.0-linux-x64.tar.gz") / "ratchet-0.1.0-linux-x64"
        program = folder / "bin/ratchet"
        ended = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (0, "ratchet 0.1.0\n"), ended.stderr)
        self.assertEqual(stat.S_IMODE((folder / "LICENSE").stat().st_mode), 0o644)

    def test_every_part_that_is_linked_in_has_its_licence_there(self):
        text = (self.unpacked(MODULE) / "THIRD-PARTY-NOTICES.txt").read_text()
        for part in ("Boost", "PCRE2", "libyaml", "utf8proc", "expat", "OpenSSL libcrypto", "CLI11",
                     "dtl", "toml++", "The GNU C++ runtime", "tree-sitter", "tree-sitter-powershell"):
            with self.subTest(part):
                self.assertIn(f"=\n{part}\n=", text)
        for words in ("Boost Software License", "Redistribution and use in source and binary forms",
                      "Permission is hereby granted, free of charge"):
            self.assertIn(words, text)

    def test_the_nupkg_is_what_a_gallery_reads(self):
        folder = self.unpacked(MODULE)
        space = {"n": "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd"}
        metadata = ElementTree.parse(folder / "Ratchet.nuspec").getroot().find("n:metadata", space)
        said = {child.tag.split("}")[1]: child.text for child in metadata}
        self.assertEqual((said["id"], said["version"]), ("Ratchet", "0.1.0"))
        self.assertIn("PSModule", said["tags"].split())
        types = ElementTree.parse(folder / "[Content_Types].xml").getroot()
        known = {entry.get("Extension") for entry in types} | {entry.get("PartName") for entry in types}
        for path in folder.rglob("*"):
            if path.is_file() and path.name != "[Content_Types].xml":
                name = path.relative_to(folder).as_posix()
                with self.subTest(name):
                    self.assertTrue(path.name.split(".")[-1] in known or f"/{name}" in known)

    def test_the_module_is_imported_from_the_package(self):
        if not PWSH:
            self.skipTest("no pwsh")
        home = self.scratch / "modules"
        shutil.copytree(self.unpacked(MODULE), home / "Ratchet/0.1.0")
        script = ("$ErrorActionPreference = 'Stop'; Import-Module Ratchet; "
                  "(Get-Module Ratchet).Version.ToString(); (Get-RatchetPattern).Name; "
                  "(Get-Help Get-RatchetPattern).Synopsis.Length -gt 20")
        ended = subprocess.run([PWSH, "-NoProfile", "-NonInteractive", "-Command", script],
                               capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
                               env={**os.environ, "PSModulePath": str(home)})
        self.assertEqual(ended.stdout.split(), ["0.1.0", "batch_create", "True"], ended.stderr)

    def test_a_build_that_is_not_there_is_one_line_and_no_package(self):
        ended = make(self.scratch / "none", "--linux", self.scratch / "nothing")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual(len(ended.stderr.splitlines()), 1)
        self.assertIn("is not there; build it first", ended.stderr)
        self.assertFalse((self.scratch / "none").exists())

    def test_the_binaries_of_windows_are_for_x64(self):
        if not WINDOWS:
            self.skipTest("no build for Windows")
        folder = self.unpacked(MODULE)
        for name in ("ratchet.dll", "ratchet.exe"):
            image = (folder / "bin/win-x64" / name).read_bytes()
            header = struct.unpack_from("<I", image, 0x3C)[0]
            self.assertEqual(image[header:header + 4], b"PE\0\0")
            machine, _, time = struct.unpack_from("<HHI", image, header + 4)
            self.assertEqual(machine, MACHINE_X64)
            self.assertEqual(time, 0, "the time of the build would make other bytes each time")


if __name__ == "__main__":
    unittest.main()
