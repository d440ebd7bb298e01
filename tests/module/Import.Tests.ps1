BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'The built module' {
    It 'prints nothing when it is imported' {
        $output = pwsh -NoProfile -NonInteractive -Command "Import-Module -Name '$manifest'" 2>&1
        $LASTEXITCODE | Should -Be 0
        $output | Should -BeNullOrEmpty
    }

    It 'exports what its manifest names, and nothing else' {
        $data = Import-PowerShellDataFile -LiteralPath $manifest
        $module = Get-Module -Name Ratchet
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
        $module.ExportedAliases.Keys | Sort-Object | Should -Be ($data.AliasesToExport | Sort-Object)
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'declares every alias of a cmdlet in its manifest' {
        # Import as an assembly exports whatever the classes declare.
        $declared = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module -Name '$moduleFolder/Ratchet.dll'
            (Get-Module -Name Ratchet).ExportedAliases.Keys
"@
        $data = Import-PowerShellDataFile -LiteralPath $manifest
        $declared | Sort-Object | Should -Be ($data.AliasesToExport | Sort-Object)
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        foreach ($command in Get-Command -Module Ratchet -CommandType Cmdlet) {
            $command.Verb | Should -BeIn $approved
        }
    }

    It 'ships no assembly but its own' {
        Get-ChildItem -LiteralPath $moduleFolder -Recurse -Filter *.dll | ForEach-Object Name |
            Should -Be 'Ratchet.dll'
    }

    It 'says in one error which library is missing' {
        $copy = Join-Path -Path $TestDrive -ChildPath 'Ratchet'
        Copy-Item -LiteralPath $moduleFolder -Destination $copy -Recurse
        Remove-Item -Path "$copy/bin/*/libratchet.so"
        $output = pwsh -NoProfile -NonInteractive -Command @"
            try { Import-Module -Name '$copy/Ratchet.psd1' -ErrorAction Stop } catch { "`$_" }
"@
        ($output -join ' ') | Should -Match 'libratchet\.so" does not exist; the module was built for'
    }

    It 'works from wherever it is copied to' {
        $copy = Join-Path -Path $TestDrive -ChildPath 'a [new] place/Ratchet'
        New-Item -ItemType Directory -Path (Split-Path -Path $copy) | Out-Null
        Copy-Item -LiteralPath $moduleFolder -Destination $copy -Recurse
        $output = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module -Name ([WildcardPattern]::Escape('$copy/Ratchet.psd1'))
            (Invoke-RatchetOperation -Name ping -Request @{ payload = 42 }).Payload
"@
        $output | Should -Be 42
    }
}
