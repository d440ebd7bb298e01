"""The built-in templates as a whole: all are here, are right, and refuse what is no name."""

import pathlib
import re
import unittest

from built_in_sets import SETS, names
from built_in_sets.refused import REFUSED_SETS
from built_ins import DONE, named, rendering, takes_a_name
from workspace import run_ratchet

PAGE = pathlib.Path(__file__).parents[2] / "docs/builtin_templates.md"
# It takes the fields of model_dataclass, and leaves their defaults to the class.
EXPECTED_WARNINGS = {"python/crud_sqlite": ['variable "default" is declared and never used']}


class All(unittest.TestCase):
    def test_each_built_in_has_several_sets(self):
        listed = run_ratchet("template", "list", "--json").json["templates"]
        here = {f"{row['language']}/{row['name']}" for row in listed if row["source"] == "built_in"}
        self.assertEqual(here, set(SETS))
        for template, given in SETS.items():
            count = len(given) + takes_a_name(template) * len(names.NAMES)
            self.assertGreaterEqual(count, 3, template)

    def test_each_passes_its_own_check(self):
        for template in SETS:
            with self.subTest(template):
                language, name = template.split("/")
                words = ["template", "check", name, "--language", language, "--json"]
                checked = run_ratchet(*words).json
                self.assertEqual(checked["errors"], [])
                warnings = [each["message"] for each in checked["warnings"]]
                self.assertEqual(warnings, EXPECTED_WARNINGS.get(template, []))

    def test_the_page_has_every_variable_of_every_template(self):
        page = PAGE.read_text(encoding="utf-8")
        for template in SETS:
            with self.subTest(template):
                language, name = template.split("/")
                shown = run_ratchet("template", "show", name, "--language", language, "--json").json
                section = re.search(rf"\n### {template}\n(.*?)(?=\n##|\Z)", page, re.DOTALL)[1]
                rows = re.findall(r"(?m)^\| ([a-z_]+) \|", section)
                self.assertCountEqual(rows[1:], [each["name"] for each in shown["variables"]])

    def test_what_is_no_name_is_refused_with_the_variable_named(self):
        bad_names = [
            (template, named(template, name), "(name|entity)")
            for template in SETS
            if takes_a_name(template)
            for name in names.REFUSED_NAMES
        ]
        for template, variables, variable in bad_names + REFUSED_SETS:
            with self.subTest(template=template, variables=variables):
                ended = rendering(template, variables)
                self.assertNotEqual(ended.exit_code, DONE, ended.stdout)
                self.assertTrue(ended.error["code"].startswith("template."), ended.stdout)
                self.assertRegex(ended.error["message"], f'"{variable}"')
