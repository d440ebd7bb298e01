"""What importing the PowerShell module adds to the start of a bare pwsh."""

from harness import Bar, Report, alternate, ratios, seconds_of, warm_up

NAME = "module_import"
TITLE = "Import of the PowerShell module"
ROUNDS = 20
MOST = 1.25


def run(place):
    if not place.pwsh:
        return Report(missing=["the import of the module: no pwsh"])
    manifest = place.root / "build/install/share/powershell/Modules/Ratchet/Ratchet.psd1"
    if not manifest.exists():
        return Report(missing=["the import of the module: it is not built"])
    bare = [place.pwsh, "-NoProfile", "-NonInteractive", "-Command"]
    candidates = {
        "pwsh with Import-Module": lambda: seconds_of([*bare, f"Import-Module '{manifest}'"]),
        "bare pwsh": lambda: seconds_of([*bare, "$null"]),
    }
    warm_up(candidates)
    rows = alternate(candidates, ROUNDS)
    measured = ratios(rows["pwsh with Import-Module"], rows["bare pwsh"])
    return Report(list(rows.values()), [Bar("over a bare pwsh", measured, MOST, True)])
