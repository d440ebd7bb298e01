"""The built-in templates for PowerShell: imported, used, analysed, and their tests run."""

import os
import shutil

from built_in_sets import names
from built_ins import GREETING, USES, BuiltInTest, render, run

HAS_MODULE = "exit [int] -not (Get-Module -ListAvailable {0} | Where-Object Version -ge '{1}')\n"
ANALYSIS = """
param([string] $Root)
# Files are UTF-8 without a mark of byte order, as everything outside Windows PowerShell has them.
$found = Get-ChildItem -LiteralPath $Root -Recurse -Include *.psm1, *.psd1, *.Tests.ps1 |
    Invoke-ScriptAnalyzer -ExcludeRule PSUseBOMForUnicodeEncodedFile
if ($found) {
    throw ($found | Out-String)
}
"""
TESTS = """
foreach ($folder in $args) {
    $result = Invoke-Pester -Path "$folder/tests" -PassThru -Output None
    "$($result.PassedCount) $($result.FailedCount)"
}
"""


class PowerShell(BuiltInTest):
    language = "powershell"

    def pwsh(self, file, *words):
        """Runs a script file in the PowerShell that the test run has found."""
        program = os.environ.get("RATCHET_PWSH") or self.needs("pwsh")
        modules = os.environ.get("RATCHET_PS_MODULES")
        environment = {"PSModulePath": modules} if modules else {}
        command = [program, "-NoProfile", "-NonInteractive", "-File", file, *words]
        return run(command, self.root, **environment)

    def script(self, text, *words):
        file = self.root / "script.ps1"
        file.write_text("$ErrorActionPreference = 'Stop'\n" + text, encoding="utf-8")
        return self.pwsh(file, *words)

    def needs_module(self, name, version):
        if self.script(HAS_MODULE.format(name, version)).returncode != 0:
            self.skipTest(f"no {name} {version}")

    def told_by(self, ended):
        self.assertEqual(ended.returncode, 0, ended.stdout)
        return ended.stdout.splitlines()

    def test_names_become_those_of_powershell(self):
        for name, (_, _, pascal, _) in names.NAMES.items():
            folder = self.of_name("powershell/module", name)
            self.assertTrue((folder / pascal / f"{pascal}.psd1").exists(), name)
            self.assertTrue((folder / pascal / f"{pascal}.psm1").exists(), name)

    def test_all_parse_and_modules_export_what_their_manifests_say(self):
        told = self.told_by(self.pwsh(USES / "use_built_ins.ps1", self.root))
        self.assertEqual(told[-1], str(len(self.rendered["powershell/module"])))

    def test_all_pass_the_script_analyzer(self):
        self.needs_module("PSScriptAnalyzer", "1.20")
        self.told_by(self.script(ANALYSIS, self.root))

    def test_generated_tests_pass_and_notice_broken_code(self):
        self.needs_module("Pester", "5.0")
        folders = []
        for _, sound, _ in self.rendered["powershell/test"]:
            render("powershell/module", {"name": "greetings"}, sound)
            broken = self.root / f"broken-{sound.name}"
            shutil.copytree(sound, broken)
            module = broken / "Greetings" / "Greetings.psm1"
            text = module.read_text(encoding="utf-8")
            self.assertIn(f'"{GREETING}$Name!"', text)
            text = text.replace(f'"{GREETING}$Name!"', "$null = $Name")
            module.write_text(text, encoding="utf-8")
            folders += [sound, broken]
        # Passed and failed, of the sound module and of the broken one; a refusal stays one.
        self.assertEqual(self.told_by(self.script(TESTS, *folders)),
                         ["1 0", "0 1", "4 0", "1 3", "1 0", "0 1"])
