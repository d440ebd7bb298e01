"""The PowerShell module: generated sources, its classes without PowerShell, and the cmdlets in a pwsh."""

from suites import outcome

# What is generated, and into which folder.
GENERATED = [("csharp", "module/src/Generated"), ("types", "module")]


def _require_sdk(context):
    if not context.dotnet:
        raise outcome.Skip("no .NET SDK")


def generated(context):
    """The sources that are generated from the field tables are those that lie in the tree."""
    if not context.build("release", "ratchet_generate"):
        return outcome.FAILED
    program = context.build_folder("release") / "native" / "generate" / "ratchet_generate"
    total = outcome.Outcome()
    for what, folder in GENERATED:
        finished = context.run(f"generated-{what}", [program, what, context.root / folder, "--check"])
        total += outcome.PASSED if finished.exit_code == 0 else outcome.FAILED
    return total


def interop(context):
    """The real library through the real P/Invoke."""
    _require_sdk(context)
    if not context.build("release", "ratchet", "ratchet_other_abi", "ratchet_interop_tests"):
        return outcome.FAILED
    build = context.build_folder("release")
    tests = build / "dotnet/bin/Ratchet.Interop.Tests/release/Ratchet.Interop.Tests.dll"
    environment = {"RATCHET_LIBRARY": str(build / "native" / "libratchet.so")}
    finished = context.run("interop", [context.dotnet, "test", tests], environment)
    return outcome.of_dotnet(finished.text, finished.exit_code)


def cmdlets(context):
    """Each cmdlet seen to run in a real pwsh, by Pester."""
    _require_sdk(context)
    if not context.pwsh:
        raise outcome.Skip("no pwsh")
    if not context.ps_modules:
        raise outcome.Skip("no Pester")
    if not context.build("release", "ratchet_module"):
        return outcome.FAILED
    environment = {
        "PSModulePath": context.ps_modules,
        "RATCHET_MODULE": str(context.build_folder("release") / "module/Ratchet/Ratchet.psd1")}
    command = [context.pwsh, "-NoProfile", "-NonInteractive", "-File",
               context.root / "tests" / "module" / "run_pester.ps1"]
    finished = context.run("module", command, environment)
    return outcome.of_counts(finished.text, finished.exit_code)
