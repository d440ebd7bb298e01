"""Disks that say no: read-only folders and a full one."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from workspace import RATCHET, ProjectTest, entry, instance, listing, not_on_windows, run_ratchet

# The exit code of the category io.
IO = 3
NOBODY = 65534
# Smaller than the batch below is, larger than an empty file system needs.
SMALL_DISK = "128k"


def large_entry(number):
    """A file of about 8 KiB."""
    fields = [{"name": f"field_with_a_long_name_{i}", "type": "float"} for i in range(220)]
    return entry(f"shop/m{number}.py", template_vars={"entity": "Product", "fields": fields})


@not_on_windows("takes rights away, as Linux has them")
class ReadOnly(ProjectTest):
    def setUp(self):
        super().setUp()
        # Root may write everywhere, so the command runs as somebody else, from where that one may read.
        self.prefix = []
        self.binary = RATCHET
        if os.geteuid() == 0:
            if not shutil.which("setpriv"):
                self.skipTest("no setpriv to become another user")
            self.prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            self.binary = self.readable_install()
            for folder in [self.root.parent, self.root, self.outside]:
                os.chown(folder, NOBODY, NOBODY)

    def readable_install(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="ratchet-e2e-"))
        self.addCleanup(shutil.rmtree, folder)
        subprocess.run(["cmake", "--install", os.environ["RATCHET_BUILD"], "--prefix", folder],
                       check=True, capture_output=True)
        folder.chmod(0o755)
        return str(folder / "bin" / "ratchet")

    def denied(self, written, folder):
        path = self.write("batch.json", written)
        folder.chmod(0o555)
        self.addCleanup(folder.chmod, 0o755)
        before = listing(self.root)
        ended = run_ratchet("run", "batch_create", path, "--json", binary=self.binary,
                            prefix=self.prefix, folder="/")
        self.assertEqual(listing(self.root), before, "something was left")
        self.assertEqual((ended.exit_code, ended.error["code"]), (IO, "io.permission_denied"),
                         ended.stdout)

    def test_a_read_only_root_is_refused(self):
        self.denied(instance(entry("a.py"), entry("shop/b.py")), self.root)

    def test_a_read_only_folder_below_the_root_is_refused(self):
        closed = self.root / "closed"
        closed.mkdir()
        if self.prefix:
            os.chown(closed, NOBODY, NOBODY)
        self.denied(instance(entry("shop/a.py"), entry("closed/b.py"), entry("c.py")), closed)


@not_on_windows("mounts a disk")
class Full(ProjectTest):
    def setUp(self):
        super().setUp()
        self.disk = self.outside / "disk"
        self.disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", self.disk],
            capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("may not mount a small disk")
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)

    def test_a_full_disk_fails_and_leaves_nothing(self):
        path = self.write("batch.json", instance(*map(large_entry, range(100))))
        (self.disk / "mine").write_text("mine\n")
        before = listing(self.disk)
        ended = run_ratchet("run", "batch_create", path, "--json", "--project-root", self.disk)
        self.assertEqual((ended.exit_code, ended.error["code"]), (IO, "io.no_space"), ended.stdout)
        self.assertEqual(listing(self.disk), before, "something was left")

    def test_the_same_batch_fits_once_there_is_room(self):
        subprocess.run(["mount", "-o", "remount,size=64m", self.disk], check=True)
        path = self.write("batch.json", instance(*map(large_entry, range(100))))
        ended = run_ratchet("run", "batch_create", path, "--json", "--project-root", self.disk)
        self.assertEqual(ended.exit_code, 0, ended.stdout)


if __name__ == "__main__":
    unittest.main()
