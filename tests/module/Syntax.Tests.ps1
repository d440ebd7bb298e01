BeforeDiscovery {
    $powershell = @(
        @{ Name = 'nothing'; Text = '' }
        @{ Name = 'a command'; Text = "Get-Item -Path .`n" }
        @{ Name = 'an open block'; Text = "function f {`n    if (1) { 'a'`n" }
        @{ Name = 'faults behind characters of two units'; Text = "'𝄞日e'; if (`r`n)`r`n" }
        @{ Name = 'a class of an unknown one'; Text = "class A : NoSuchType { [NoSuchType] `$x }`n" }
        @{ Name = 'modules and assemblies'; Text = "using module ./no.psm1`nusing assembly ./no.dll`n1`n" }
        @{ Name = 'more faults than are told'; Text = (1..14 | ForEach-Object { "if ( { }`n" }) -join '' }
    )
}

BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    $folder = New-Project
    Set-Content -LiteralPath "$folder/good.json" -Value '{"a": 1}'
    Set-Content -LiteralPath "$folder/bad [1].json" -Value "{`n`t`"a`": }"
    Set-Content -LiteralPath "$folder/good.ps1" -Value 'Get-Item -Path .'
    Set-Content -LiteralPath "$folder/bad.ps1" -Value "'日本'; if (1) { 'a'"
    Set-Content -LiteralPath "$folder/main.rs" -Value 'fn main() {}'

    function Get-Names {
        param([object[]] $Verdict)

        @($Verdict | ForEach-Object { Split-Path -Path $_.Path -Leaf })
    }
}

Describe 'Test-FileSyntax' {
    It 'gives one typed verdict for each file, in the order of the input' {
        $names = 'good.ps1', 'main.rs', 'good.json', 'bad.ps1'
        $verdicts = $names | ForEach-Object { "$folder/$_" } | Test-FileSyntax
        Get-Names $verdicts | Should -Be $names
        $verdicts | ForEach-Object { $_ | Should -BeOfType ([Ratchet.Results.FileSyntax]) }
        $verdicts.Valid | Should -Be $true, $null, $true, $false
        $verdicts.Language | Should -Be 'powershell', 'rust', 'json', 'powershell'
        $verdicts.CheckedBy | Should -Be 'pwsh', 'none', 'reader', 'pwsh'
        $verdicts[0].valid | Should -BeTrue
        $verdicts[0]['checked_by'] | Should -Be 'pwsh'
    }

    It 'says where, shows the line, and puts a caret under the column' {
        $verdict = Test-FileSyntax -LiteralPath "$folder/bad [1].json"
        $verdict.Errors[0].Code | Should -Be 'json.invalid'
        $verdict.Errors[0].Line | Should -Be 2
        $lines = ($verdict.Errors[0] | Out-String -Width 300).Trim() -split '\r?\n'
        $lines[0] | Should -BeLike "$($folder)/bad ``[1``].json:2:*: error: *"
        $lines[1] | Should -BeExactly '     "a": }'
        $lines[2] | Should -BeExactly ((' ' * (4 + $verdict.Errors[0].Column - 1)) + '^')
        $verdict | Out-String -Width 300 | Should -Match '(?m)^Errors +: .*bad \[1\]\.json:2:\d+: error: '
    }

    It 'shows that something could not be checked, and what to do' {
        $shown = Test-FileSyntax -Path "$folder/main.rs" | Out-String -Width 300
        $shown | Should -Match 'Valid +: could not check'
        $shown | Should -Match 'Warnings +: .*main\.rs: warning: '
    }

    It 'takes the old name and the old parameter' {
        (Validate-FileSyntax -FilePath "$folder/good.json").Valid | Should -BeTrue
        ([pscustomobject] @{ FilePath = "$folder/good.json" } | Validate-FileSyntax).Valid | Should -BeTrue
    }

    It 'takes files, names with brackets, names from a list, and wildcards' {
        $all = Get-ChildItem -LiteralPath $folder -File | Sort-Object -Property Name
        Get-Names ($all | Test-FileSyntax) | Should -Be $all.Name
        $list = Join-Path -Path $TestDrive -ChildPath 'list.txt'
        Set-Content -LiteralPath $list -Value "$folder/good.json", "$folder/good.ps1"
        Get-Names (Get-Content -LiteralPath $list | Test-FileSyntax) | Should -Be 'good.json', 'good.ps1'
        Push-Location -LiteralPath $folder
        try {
            Get-Names (Test-FileSyntax *.json) | Should -Be 'bad [1].json', 'good.json'
        } finally {
            Pop-Location
        }
    }

    It 'reports a file that does not exist, and judges the others' {
        $paths = "$folder/good.json", "$folder/none.json", $folder, "$folder/bad.ps1"
        $verdicts = $paths | Test-FileSyntax -ErrorVariable faults -ErrorAction SilentlyContinue
        Get-Names $verdicts | Should -Be 'good.json', 'bad.ps1'
        $faults.Count | Should -Be 2
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_found,*'
        $faults[0].TargetObject | Should -Be "$folder/none.json"
        $faults[1].TargetObject | Should -Be $folder
    }

    It 'judges more files than one batch takes, in order' {
        $many = New-Project
        $paths = foreach ($number in 1..1100) {
            $path = '{0}/{1:d4}.json' -f $many, $number
            [System.IO.File]::WriteAllText($path, '{}')
            $path
        }
        ($paths | Test-FileSyntax).Path | Should -Be $paths
    }

    It 'takes the language that is said, and completes its names' {
        Set-Content -LiteralPath "$folder/text" -Value 'a = '
        (Test-FileSyntax -Path "$folder/text" -Language toml).Valid | Should -BeFalse
        (Test-FileSyntax -Path "$folder/text" -Language auto).CheckedBy | Should -Be 'none'
        $names = (TabExpansion2 -inputScript 'Test-FileSyntax x -Language ').CompletionMatches.CompletionText
        $names | Should -Contain 'python'
        foreach ($name in $names) {
            $warnings = (Test-FileSyntax -Path "$folder/good.json" -Language $name).Warnings
            $warnings | ForEach-Object Code | Should -Not -Contain 'syntax.unknown_language'
        }
    }

    It 'runs nothing that stands in a name' {
        $place = New-Project
        $names = "'; touch marker; '.py", '"; touch marker; ".sh', '$(touch marker).ps1', '-e.js',
        '; touch marker.ps1'
        foreach ($name in $names) {
            [System.IO.File]::WriteAllText("$place/$name", '')
        }
        Push-Location -LiteralPath $place
        try {
            @(Get-ChildItem -LiteralPath $place -File | Test-FileSyntax).Count | Should -Be $names.Count
        } finally {
            Pop-Location
        }
        Get-Tree -Path $place | Should -HaveCount $names.Count
    }

    Context '-Quiet' {
        It 'gives one boolean for all files' {
            Test-FileSyntax -Path "$folder/good.json", "$folder/good.ps1" -Quiet | Should -BeExactly $true
            $answer = "$folder/good.json", "$folder/bad.ps1", "$folder/good.ps1" | Test-FileSyntax -Quiet
            $answer | Should -BeExactly $false
        }

        It 'is false with a warning where <What>' -ForEach @(
            @{ What = 'nobody can tell'; Name = 'main.rs' }
            @{ What = 'the file does not exist'; Name = 'none.json' }
        ) {
            $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
            $answer = "$folder/good.json", "$folder/$Name" | Test-FileSyntax -Quiet @streams -ErrorVariable faults
            $answer | Should -BeExactly $false
            "$warnings" | Should -BeLike "could not check: *$Name*"
            $faults | Should -BeNullOrEmpty
        }

        It 'is true where nothing is to be tested' {
            @() | Test-FileSyntax -Quiet | Should -BeExactly $true
        }
    }
}

Describe 'PowerShell files' {
    It 'are judged by the session as the engine judges them: <Name>' -ForEach $powershell {
        $path = Join-Path -Path (New-Project) -ChildPath 'a.ps1'
        [System.IO.File]::WriteAllText($path, $Text)
        $here = (Test-FileSyntax -LiteralPath $path).ToJson()
        $engine = (Invoke-RatchetOperation -Name validate.syntax -Request @{ paths = @($path) }).Files[0].ToJson()
        $here | Should -BeExactly $engine
    }

    It 'need no other PowerShell' {
        # The engine sees the PATH that its process began with: here it has none.
        $program = (Get-Process -Id $PID).Path
        $path = $env:PATH
        try {
            $env:PATH = '/no/such/folder'
            $said = & $program -NoProfile -NonInteractive -Command @"
                Import-Module -Name '$manifest'
                Test-FileSyntax '$folder/good.ps1', '$folder/bad.ps1' |
                    ForEach-Object { "`$(`$_.Valid) `$(`$_.CheckedBy)" }
                (Invoke-RatchetOperation validate.syntax @{ paths = @('$folder/good.ps1') }).Files[0].CheckedBy
"@
        } finally {
            $env:PATH = $path
        }
        $said | Should -Be 'True pwsh', 'False pwsh', 'grammar'
    }

    It 'are known by their #! line too' {
        Set-Content -LiteralPath "$folder/tool" -Value "#!/usr/bin/env pwsh`nif (1) {"
        $verdict = Test-FileSyntax -LiteralPath "$folder/tool"
        $verdict.CheckedBy | Should -Be 'pwsh'
        $verdict.Errors[0].Excerpt | Should -BeExactly 'if (1) {'
    }

    It 'load no module and no assembly, whatever they name' {
        $place = New-Project
        Set-Content -LiteralPath "$place/evil.psm1" -Value "Set-Content -LiteralPath '$place/marker' -Value ''"
        Set-Content -LiteralPath "$place/a.ps1" -Value @"
using module ./evil.psm1
using module $place/evil.psm1
using assembly $moduleFolder/none.dll
class Mine : Evil { }
"@
        Push-Location -LiteralPath $place
        try {
            (Test-FileSyntax -Path ./a.ps1).Valid | Should -BeTrue
        } finally {
            Pop-Location
        }
        "$place/marker" | Should -Not -Exist
        Get-Module -Name evil | Should -BeNullOrEmpty
    }

    It 'with a configuration, for which the parser would load a module, are left to a child' {
        Set-Content -LiteralPath "$folder/dsc.ps1" -Value "configuration Site { Node 'a' { } }"
        $before = (Get-Module).Name
        $verdict = Test-FileSyntax -LiteralPath "$folder/dsc.ps1"
        $verdict.Valid | Should -Not -BeExactly $false
        (Get-Module).Name | Should -Be $before
    }
}
