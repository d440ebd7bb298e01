"""The built-in templates for PowerShell: imported, used, analysed, and their tests run."""

import shutil

from built_in_sets import names
from built_ins import USES, BuiltInTest, render, run


class PowerShell(BuiltInTest):
    language = "powershell"

    def pwsh(self, script, *words):
        file = self.root / "script.ps1"
        file.write_text("$ErrorActionPreference = 'Stop'\n" + script, encoding="utf-8")
        return [self.needs("pwsh"), "-NoProfile", "-NonInteractive", "-File", file, *words]

    def test_names_become_those_of_powershell(self):
        for name, (_, _, pascal, _) in names.NAMES.items():
            folder = self.of_name("powershell/module", name)
            self.assertTrue((folder / pascal / f"{pascal}.psd1").exists(), name)
            self.assertTrue((folder / pascal / f"{pascal}.psm1").exists(), name)

    def test_all_parse_and_modules_export_what_their_manifests_say(self):
        told = self.passes(
            [
                self.needs("pwsh"),
                "-NoProfile",
                "-NonInteractive",
                "-File",
                USES / "use_built_ins.ps1",
                self.root,
            ],
            self.root,
        )
        self.assertEqual(
            told.strip().splitlines()[-1], str(len(self.rendered["powershell/module"]))
        )

    def test_all_pass_the_script_analyzer(self):
        if (
            run(
                self.pwsh("if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) { exit 7 }"),
                self.root,
            ).returncode
            == 7
        ):
            self.skipTest("no PSScriptAnalyzer")
        self.passes(
            self.pwsh(
                """
param([string] $Root)
$found = Get-ChildItem -LiteralPath $Root -Recurse -Include *.psm1, *.psd1, *.Tests.ps1 |
    ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -ExcludeRule PSUseBOMForUnicodeEncodedFile }
if ($found) { throw ($found | Out-String) }
""",
                self.root,
            ),
            self.root,
        )

    def test_generated_tests_pass_and_notice_broken_code(self):
        if (
            run(
                self.pwsh(
                    "if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0')) { exit 7 }"
                ),
                self.root,
            ).returncode
            == 7
        ):
            self.skipTest("no Pester 5")
        folders = []
        for _, folder, _ in self.rendered["powershell/test"]:
            render("powershell/module", {"name": "greetings"}, folder)
            broken = folder.parent / f"broken-{folder.name}"
            shutil.copytree(folder, broken)
            module = broken / "Greetings" / "Greetings.psm1"
            text = module.read_text(encoding="utf-8")
            self.assertIn('"Hello, $Name!"', text)
            module.write_text(text.replace('"Hello, $Name!"', "$null = $Name"), encoding="utf-8")
            folders += [folder, broken]
        told = self.passes(
            self.pwsh(
                """
foreach ($folder in $args) {
    $result = Invoke-Pester -Path "$folder/tests" -PassThru -Output None
    "$($result.PassedCount) $($result.FailedCount)"
}
""",
                *folders,
            ),
            self.root,
        )
        self.assertEqual(told.split("\n")[:-1], ["1 0", "0 1", "4 0", "1 3", "1 0", "0 1"])
