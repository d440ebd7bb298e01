"""Roots and names as Windows has them, and names that it cannot hold. Expectations: docs/windows.md."""

import json
import pathlib
import unittest

from transaction_test import DONE, REFUSED, WRONG, TransactionTest
from workspace import entry, instance, listing, names_in, run_ratchet, told

CREATE = json.dumps([{"operation": "create", "path": "a.txt", "content": "x"}])


class Roots(TransactionTest):
    def create_at(self, root, folder):
        return run_ratchet("tx", "apply", "-", "--json", "-C", root, stdin=CREATE, folder=folder)

    def test_every_way_to_write_a_folder_leads_there(self):
        whole = told(self.root)
        ways = [(whole, self.outside), (whole.replace("\\", "/"), self.outside), (whole.lower(), self.outside),
                (whole + "\\", self.outside), ("\\\\?\\" + whole, self.outside), (whole[2:], self.outside),
                (str(self.root), self.outside), ("..\\project", self.outside), (".\\..\\project", self.outside),
                ("Z:..\\project", self.outside), ("Z:.", self.root), (".", self.root)]
        for root, folder in ways:
            with self.subTest(root=root):
                ended = self.create_at(root, folder)
                self.assertEqual(ended.exit_code, DONE, ended.stdout + ended.stderr)
                self.assertEqual((names_in(self.root), names_in(self.outside)), (["a.txt"], []))
                (self.root / "a.txt").unlink()

    def test_what_is_no_folder_on_a_drive_is_refused(self):
        rows = [("\\\\server\\share\\project", "share"), ("\\\\?\\UNC\\server\\share", "share"),
                ("\\\\.\\Z:\\", "device"), ("con", "device"), ("a?b", "a?b"), ("Q:\\none", "Q:\\none"),
                ("x" * 300, "xxx")]
        for root, named in rows:
            with self.subTest(root=root[:40]):
                ended = self.create_at(root, self.root)
                self.assertEqual(ended.exit_code, WRONG, ended.stdout)
                self.assertRegex(ended.stderr, r"^error: [^\n]*\n$")
                self.assertIn(named, ended.stderr)
                self.assertEqual(listing(self.root), {})

    def test_the_instance_and_its_root_are_found_in_other_folders(self):
        self.write("instances/batch.json", instance(entry("a.py"), project_root="..\\target"))
        (self.root / "target").mkdir()
        ended = run_ratchet("run", "batch_create", "..\\project\\instances\\batch.json", folder=self.outside)
        self.assertEqual(ended.exit_code, DONE, ended.stderr)
        self.assertIn("a.py", names_in(self.root / "target"))


class Names(TransactionTest):
    def test_names_that_windows_cannot_hold_are_refused(self):
        self.write("there.txt", "there\n")
        before = listing(self.root)
        rows = [("con", "path.invalid"), ("deep/Aux.txt", "path.invalid"), ("com1", "path.invalid"),
                ("lpt\u00b3.log", "path.invalid"), ("nul .txt", "path.invalid"), ("conout$", "path.invalid"),
                ("a:b", "path.absolute"), ("there.txt:stream", "path.invalid"), ("dot.", "path.invalid"),
                ("blank ", "path.invalid"), ("deep./a", "path.invalid"), ("a\\b", "path.invalid"),
                ("a*", "path.invalid"), ("a\tb", "path.invalid"), ("n" * 256, "path.invalid"),
                ("C:/x", "path.absolute"), ("//server/share/x", "path.absolute"),
                ("folder/" * 4700 + "x", "path.invalid")]
        for name, code in rows:
            with self.subTest(name=name[:40]):
                ended = self.apply({"operation": "create", "path": "fine", "content": ""},
                                   {"operation": "create", "path": name, "content": "x"})
                self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, code), ended.stdout[:2000])
                self.assertNotIn("\n", ended.error["message"])
                self.assertEqual(listing(self.root), before)

    def test_paths_beyond_260_characters_are_written(self):
        name = "/".join(["a folder with a long name"] * 20) + "/file.txt"
        ended = self.apply({"operation": "create", "path": name, "content": "x"})
        self.assertEqual((ended.exit_code, ended.json["changes"]["created"]), (DONE, [name]))
        self.assertEqual(self.content(name), "x")

    def test_names_of_every_script_are_written_and_undone(self):
        names = ["日本/ünï-\U0001f527.txt",
                 "l" * 255, "con1/com0.txt"]
        ended = self.apply(*[{"operation": "create", "path": name, "content": name} for name in names],
                           options=["--keep-backups"])
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(sorted(ended.json["changes"]["created"]), sorted(names))
        for name in names:
            self.assertEqual(self.content(name), name)
        undone = run_ratchet("undo", ended.json["id"], "--json", "-C", self.root)
        self.assertEqual(undone.exit_code, DONE, undone.stdout)
        self.assertEqual([name for name in names_in(self.root) if name != ".ratchet"], [])

    def test_a_name_in_other_case_is_the_same_file(self):
        self.write("Shop/Product.py", "mine = True\n")
        before = listing(self.root)
        ended = self.apply({"operation": "create", "path": "shop/product.py", "content": "x"})
        self.assertEqual((ended.exit_code, ended.error["code"]), (REFUSED, "transaction.exists"))
        self.assertEqual(listing(self.root), before)

    def test_a_file_that_is_named_and_found_is_judged_once(self):
        self.write("s.json", {"type": "object"})
        self.write("a.json", "{}")
        ended = run_ratchet("validate", "--schema", "s.json", ".\\a.json", "a*.json", "--json",
                            folder=self.root)
        self.assertEqual([file["path"] for file in ended.json["files"]], [told(self.root / "a.json")])


class ReadOnly(TransactionTest):
    def setUp(self):
        super().setUp()
        self.path = self.write("read_only.txt", "old\n")
        self.path.chmod(0o444)

    def test_a_read_only_file_is_replaced_and_stays_read_only(self):
        for operation, content in (("update", "new\n"), ("write", "newer\n")):
            with self.subTest(operation=operation):
                ended = self.apply({"operation": operation, "path": "read_only.txt", "content": content})
                self.assertEqual(ended.exit_code, DONE, ended.stdout)
                self.assertEqual((self.content("read_only.txt"), self.path.stat().st_mode & 0o222),
                                 (content, 0))

    def test_a_read_only_file_is_0444_in_a_plan(self):
        planned = self.apply({"operation": "update", "path": "read_only.txt", "content": "new\n"},
                             options=["--dry-run"]).json
        self.assertEqual([row["mode"] for row in planned["plan"]], ["0444"])
        self.assertEqual(self.content("read_only.txt"), "old\n")

    def test_a_read_only_file_can_be_deleted(self):
        ended = self.apply({"operation": "delete", "path": "read_only.txt"})
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(names_in(self.root), [])


class LineEnds(TransactionTest):
    def test_input_with_carriage_returns_is_read_as_without(self):
        text = json.dumps(instance(entry("a.py"), entry("b.py")), indent=2).replace("\n", "\r\n")
        (self.root / "batch.json").write_bytes(text.encode())
        self.assertEqual(run_ratchet("run", "batch_create", self.root / "batch.json").exit_code, DONE)
        yaml = ("\ufeffpattern_id: PAT-BATCH-CREATE-001\r\nproject_root: .\r\ntemplate_type: model_dataclass\r\n"
                "files_to_create:\r\n  - path: c.py\r\n    template_vars: {entity: Product, fields: "
                "[{name: price, type: float}]}\r\n")
        (self.root / "batch.yaml").write_bytes(yaml.encode())
        ended = run_ratchet("run", "batch_create", self.root / "batch.yaml")
        self.assertEqual(ended.exit_code, DONE, ended.stderr)
        made = {name: (self.root / name).read_bytes() for name in ("a.py", "b.py", "c.py")}
        self.assertEqual(set(made.values()), {made["a.py"]})
        self.assertNotIn(b"\r", made["a.py"])

    def test_a_fault_in_such_a_file_is_found_at_its_line(self):
        pathlib.Path(self.root / "batch.json").write_bytes(b'{\r\n  "project_root": ,\r\n}\r\n')
        ended = run_ratchet("run", "batch_create", self.root / "batch.json", "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "json.invalid"))
        self.assertEqual((ended.error["line"], ended.error["column"]), (2, 19))


if __name__ == "__main__":
    unittest.main()
