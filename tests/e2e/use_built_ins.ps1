# Parses what the built-in templates made, imports its modules and uses them; prints how many modules.
[CmdletBinding()]
param(
    [string] $Root
)
$ErrorActionPreference = 'Stop'

function Assert-True {
    param([bool] $Condition, [string] $What)
    if (-not $Condition) {
        throw "not so: $What"
    }
}

foreach ($file in Get-ChildItem -LiteralPath $Root -Recurse -Include *.psm1, *.psd1, *.Tests.ps1) {
    $errors = $null
    $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $errors)
    Assert-True (-not $errors) "$($file.FullName) parses: $errors"
}

$used = 0
foreach ($file in Get-ChildItem -LiteralPath $Root -Recurse -Include *.psd1) {
    $manifest = Test-ModuleManifest -Path $file.FullName
    $import = @{
        Name            = $file.FullName
        Force           = $true
        PassThru        = $true
        WarningVariable = 'warnings'
        WarningAction   = 'SilentlyContinue'
    }
    $module = Import-Module @import
    Assert-True (-not $warnings) "$($file.Name) is imported without a warning: $warnings"
    $names = @($module.ExportedFunctions.Keys | Sort-Object)
    $told = @($manifest.ExportedFunctions.Keys | Sort-Object)
    Assert-True ($names -and "$names" -eq "$told") "$($file.Name) exports what it says: $names, $told"
    foreach ($name in $names) {
        $help = Get-Help $name
        Assert-True ($help.Synopsis -and $help.Synopsis -notmatch "^\s*$name ") "$name has a synopsis"
        Assert-True ([bool] $help.examples) "$name has an example"
    }
    if ($names -contains 'Get-Greeting') {
        Assert-True ((Get-Greeting -Name Ada) -ceq 'Hello, Ada!') 'Get-Greeting'
    }
    if ($module.Name -eq 'Price.Rules') {
        Assert-True ($manifest.Author -ceq "Ada O'Neil") 'Author'
        Assert-True ("$($manifest.Guid)".StartsWith('3f2a8f0e')) 'GUID'
        Assert-True ("$(2, 3 | Measure-Price)" -eq '3 4.5') 'Measure-Price takes the pipeline'
        Assert-True ((Measure-Price 2 -Größe $false) -eq 2) 'Measure-Price -Größe'
        Assert-True (-not (Set-PriceList a -WhatIf)) 'Set-PriceList -WhatIf'
        Assert-True ((Set-PriceList a) -ceq 'set a') 'Set-PriceList'
        Assert-True ((Remove-Type a, b) -eq 2) 'Remove-Type'
        Assert-True (Test-Größe) 'Test-Größe'
    }
    Remove-Module $module
    $used += 1
}
$used
