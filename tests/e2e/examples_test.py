"""The examples of batch_create, run as their first lines say, and what comes out used."""

import pathlib
import re
import shutil
import unittest

from built_ins import python_with, run
from workspace import ProjectTest, run_ratchet

EXAMPLES = pathlib.Path(__file__).parents[2] / "executors/batch_create/examples"
SHOP = pathlib.Path(__file__).parents[2] / "examples/shop"
DONE = 0


class Examples(ProjectTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(EXAMPLES, self.root, dirs_exist_ok=True)

    def create(self, name):
        """Runs an example; the text of each new file by its path. Its plan is what it makes."""
        plan = run_ratchet("run", "batch_create", name, "--dry-run", "--json", folder=self.root)
        self.assertEqual(plan.exit_code, DONE, plan.stdout)
        ended = run_ratchet("run", "batch_create", name, "--json", "--expect-plan",
                            plan.json["plan_sha256"], folder=self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        return {path: (self.root / path).read_text(encoding="utf-8")
                for path in ended.json["changes"]["created"]}

    def python(self, *modules):
        python = python_with(*modules)
        if not python:
            self.skipTest(f"no Python with {', '.join(modules)}")
        return python

    def passes_pytest(self, at_least):
        """Every test passes, and there are so many of them."""
        ended = run([self.python("pytest"), "-m", "pytest", "-q", "-p", "no:cacheprovider"], self.root)
        self.assertEqual(ended.returncode, DONE, ended.stdout)
        self.assertGreaterEqual(int(re.search(r"(\d+) passed", ended.stdout)[1]), at_least)

    def test_every_example_is_tested_here(self):
        tested = {name.removeprefix("test_") for name in dir(self) if name.startswith("test_")}
        self.assertLessEqual({path.stem for path in EXAMPLES.glob("*.yaml")}, tested)

    def test_shop(self):
        shutil.copytree(SHOP, self.root, dirs_exist_ok=True)
        made = self.create("shop.yaml")
        self.assertEqual(len(made), 15)
        there_before = 1
        self.passes_pytest(there_before + sum(path.startswith("tests/") for path in made))

    def test_currencies(self):
        made = self.create("currencies.yaml")
        self.assertEqual(sorted(made), [f"currencies/{code}.py" for code in ("eur", "jpy", "tnd")])
        for code, words in (("eur", "15.00 EUR"), ("jpy", "1500 JPY"), ("tnd", "1.500 TND")):
            line = f"from currencies.{code} import in_words; print(in_words(1500))"
            self.assertEqual(run([self.python(), "-c", line], self.root).stdout, words + "\n")

    def test_decisions(self):
        made = self.create("decisions.yaml")
        first = made["docs/decisions/0001-one-database.md"]
        self.assertTrue(first.startswith("# One database for all services\n\nStatus: accepted\n"))
        self.assertTrue(first.endswith("- Services share a connection pool.\n"))
        second = made["docs/decisions/0002-plain-text-mail.md"]
        self.assertIn("Status: proposed", second)
        self.assertNotIn("What follows", second)

    def test_prices(self):
        self.assertEqual(len(self.create("prices.yaml")), 4)
        self.passes_pytest(1)
        if not shutil.which("node"):
            self.skipTest("node is not here")
        ended = run(["node", "--test", "web/"], self.root)
        self.assertEqual(ended.returncode, DONE, ended.stdout)
        self.assertIn("# pass 1", ended.stdout)

    def test_handlers(self):
        made = self.create("handlers.yaml")
        self.assertEqual(sorted(made), ["handlers/close_shop.py", "handlers/open_shop.py",
                                        "tests/test_close_shop.py", "tests/test_open_shop.py"])
        self.passes_pytest(2)


if __name__ == "__main__":
    unittest.main()
