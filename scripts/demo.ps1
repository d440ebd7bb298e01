#Requires -Version 7.4
<#
.SYNOPSIS
The PowerShell part of the demo; demo.sh calls it.

.DESCRIPTION
Runs the steps of the demo through the module and writes each result as JSON, so that demo.sh can compare
them with those of the command line. Ends with exit code 1 where a step did not end as it should.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Project,

    [Parameter(Mandatory)]
    [string] $Results
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Prints the command that a user would type, runs it, and insists on the run's status.
function Invoke-Step {
    param(
        [string] $Name,
        [string] $Command,
        [string] $Status
    )

    Write-Host "`nPS> $Command"
    $faults = @()
    # In this scope, so that the errors arrive in the variable above.
    $run = . ([scriptblock]::Create("$Command -ErrorAction SilentlyContinue -ErrorVariable faults"))
    foreach ($fault in $faults) {
        Write-Host "error: $fault" -ForegroundColor Red
    }
    if ($run.Status -ne $Status) {
        throw "this gave the status $($run.Status) instead of $Status"
    }
    Set-Content -LiteralPath (Join-Path -Path $Results -ChildPath "$Name.json") -Value $run.ToJson()
    $run
}

Write-Host "`nPS> Import-Module $Module"
Import-Module -Name $Module
Set-Location -LiteralPath $Project

$plan = Invoke-Step -Name plan -Command 'Invoke-BatchCreate ./shop.yaml -DryRun' -Status planned
Write-Host "$($plan.Plan.Count) files, plan $($plan.PlanSha256)"

$approved = "Invoke-BatchCreate ./shop.yaml -ExpectPlan $($plan.PlanSha256) -Verbose"
$run = Invoke-Step -Name run -Command $approved -Status succeeded
$run | Format-List | Out-Host
$run.Steps | Format-Table -Property Id, Name, Status, Message | Out-Host

$mistake = Invoke-Step -Name mistake -Command 'Invoke-BatchCreate ./mistake.yaml' -Status refused
foreach ($finding in $mistake.Steps.Findings) {
    Write-Host "$($finding.Severity): $finding"
}

$null = Invoke-Step -Name conflict -Command 'Invoke-BatchCreate ./shop.yaml' -Status refused
