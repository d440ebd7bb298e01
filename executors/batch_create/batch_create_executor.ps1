#Requires -Version 7.4
<#
.SYNOPSIS
Makes many files from templates as one change that happens whole or not at all.

.DESCRIPTION
Runs an instance of the pattern batch_create, shows its progress, gives the result object and ends with
the exit code of the run: 0 done, 1 a check failed or a file was in the way, 2 the instance or a parameter
is wrong, 3 the system refused, 4 a time limit passed, 130 cancelled. Whatever the code, nothing half-done
is left.

.PARAMETER InstancePath
The instance: a JSON or YAML file.

.PARAMETER ProjectRoot
The folder that the files go into; goes before the instance's own project_root.

.PARAMETER DryRun
Plans and shows the change; writes nothing into the project.

.PARAMETER OutputPath
A file that the result is written to as JSON.

.EXAMPLE
./batch_create_executor.ps1 -InstancePath ./examples/shop.yaml -ProjectRoot ./shop -DryRun

Shows what would be made in the folder shop.
#>
[CmdletBinding()]
[OutputType('Ratchet.Results.RunResult')]
param(
    [Parameter(Mandatory, Position = 0)]
    [ValidateNotNullOrEmpty()]
    [string] $InstancePath,

    [Parameter()]
    [string] $ProjectRoot,

    [Parameter()]
    [switch] $DryRun,

    [Parameter()]
    [string] $OutputPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$module = Join-Path -Path $PSScriptRoot -ChildPath '..' -AdditionalChildPath '..', 'Ratchet.psd1'
Import-Module -Name $module

$arguments = @{
    Pattern       = 'batch_create'
    LiteralPath   = $InstancePath
    DryRun        = $DryRun
    ErrorAction   = 'SilentlyContinue'
    ErrorVariable = 'faults'
}
if ($ProjectRoot) {
    $arguments.ProjectRoot = $ProjectRoot
}
if ($OutputPath) {
    $arguments.OutputPath = $OutputPath
}

$run = $null
$faults = @()
try {
    $run = Invoke-RatchetPattern @arguments
} catch {
    $faults = @($_)
}

foreach ($fault in $faults) {
    [Console]::Error.WriteLine("error: $fault")
}
if ($run) {
    foreach ($step in $run.Steps) {
        foreach ($finding in $step.Findings) {
            [Console]::Error.WriteLine("$($finding.Severity): $finding")
        }
    }
    $run
}

# The first error decides. One that is not the engine's own is about the parameters.
$exitCode = 0
if ($faults) {
    $cause = $faults[0].Exception
    $exitCode = ($cause -is [Ratchet.Interop.RatchetException]) ? $cause.Error.ExitCode : 2
}
exit $exitCode
