#Requires -Version 7.4
<#
.SYNOPSIS
Runs the tests of the built module and ends with `N passed, N failed, N skipped`.

.DESCRIPTION
The module is the one that RATCHET_MODULE names (the path of its Ratchet.psd1), else that of build/release.
The exit code is 0 only where tests ran and none failed.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

Import-Module -Name Pester -MinimumVersion 5.3 -MaximumVersion 5.99
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$result = Invoke-Pester -Configuration $configuration

$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
'{0} passed, {1} failed, {2} skipped' -f $result.PassedCount, $failed, $result.SkippedCount
exit ([int] ($failed -gt 0 -or $result.PassedCount -eq 0))
