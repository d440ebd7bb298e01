BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    $folder = New-Project
    Set-Content -LiteralPath "$folder/s.schema" -Value @'
{"type": "object", "required": ["name"], "additionalProperties": false,
 "properties": {"name": {"type": "string"}, "day": {"format": "date"}, "port": {"$ref": "port.schema"}}}
'@
    Set-Content -LiteralPath "$folder/port.schema" -Value '{"type": "integer", "maximum": 65535}'
    Set-Content -LiteralPath "$folder/good.json" -Value '{"name": "a"}'
    Set-Content -LiteralPath "$folder/good.toml" -Value 'name = "a"'
    Set-Content -LiteralPath "$folder/bad [1].yaml" -Value "name: a`nport: 70000"
    Set-Content -LiteralPath "$folder/torn.json" -Value '{"name": '
    $schema = "$folder/s.schema"

    function Get-Names {
        param([object[]] $Verdict)

        @($Verdict | ForEach-Object { Split-Path -Path $_.Path -Leaf })
    }
}

Describe 'Test-RatchetDocument' {
    It 'gives one typed verdict for each file, in the order of the input' {
        $names = 'good.toml', 'bad [1].yaml', 'good.json'
        $files = $names | ForEach-Object { Get-Item -LiteralPath "$folder/$_" }
        $verdicts = $files | Test-RatchetDocument -Schema $schema
        $verdicts | ForEach-Object { $_ | Should -BeOfType ([Ratchet.Results.CheckedDocument]) }
        Get-Names $verdicts | Should -Be $names
        $verdicts.Valid | Should -Be $true, $false, $true
        $verdicts.Language | Should -Be 'toml', 'yaml', 'json'
        $verdicts[0].valid | Should -BeTrue
    }

    It 'takes names and wildcards, also of the schema relative to $PWD' {
        Push-Location -LiteralPath $folder
        try {
            Get-Names (Test-RatchetDocument good.* ./s.schema) | Sort-Object | Should -Be 'good.json', 'good.toml'
            Get-Names ('good.json', 'good.toml' | Test-RatchetDocument -Schema (Get-Item ./s.schema)) |
                Should -Be 'good.json', 'good.toml'
        } finally {
            Pop-Location
        }
    }

    It 'shows the place, the line and a caret' {
        $shown = Test-RatchetDocument -LiteralPath "$folder/bad [1].yaml" -Schema $schema | Out-String -Width 300
        $shown | Should -Match 'Valid +: False'
        $shown | Should -Match '(?m)bad \[1\]\.yaml:2:7: error: .*65535.*\r?\n +port: 70000\r?\n +\^'
    }

    It 'takes the document itself: <What>' -ForEach @(
        @{ What = 'a hashtable'; Document = @{ name = 'a'; port = 70000 } }
        @{ What = 'an object'; Document = [pscustomobject] @{ name = 'a'; port = 70000 } }
        @{ What = 'JSON'; Document = '{"name": "a", "port": 70000}' }
        @{ What = 'YAML'; Document = "name: a`nport: 70000" }
    ) {
        $rules = @{ properties = @{ port = @{ maximum = 65535 } } }
        $verdict = Test-RatchetDocument -Document $Document -Schema $rules
        $verdict.Valid | Should -BeFalse
        $verdict.Errors.Pointer | Should -Be '/port'
    }

    It 'takes a schema as text, as Test-Json does' {
        $text = '{"properties": {"port": {"maximum": 65535}}}'
        (Test-RatchetDocument -Document @{ port = 70000 } -Schema $text).Errors.Pointer | Should -Be '/port'
        (Test-PatternInstance -Instance @{ port = 70000 } -Schema $text).Errors.Pointer | Should -Be '/port'
    }

    It 'takes objects by the pipeline, each a document' {
        $rules = @{ properties = @{ port = @{ maximum = 65535 } } }
        $verdicts = @{ port = 70000 }, [pscustomobject] @{ port = 80 } | Test-RatchetDocument -Schema $rules
        $verdicts.Valid | Should -Be $false, $true
    }

    It 'takes $null as a document' {
        (Test-RatchetDocument -Document $null -Schema @{ type = 'null' }).Valid | Should -BeTrue
    }

    It 'asserts formats only where -Format is given' {
        $document = @{ name = 'a'; day = 'tomorrow' }
        (Test-RatchetDocument -Document $document -Schema $schema).Valid | Should -BeTrue
        (Test-RatchetDocument -Document $document -Schema $schema -Format).Valid | Should -BeFalse
    }

    It 'finds what a schema refers to by its $id among -Reference' {
        Set-Content -LiteralPath "$folder/named.schema" -Value '{"$id": "https://x.test/port", "maximum": 1}'
        $arguments = @{ Document = 7; Schema = @{ '$ref' = 'https://x.test/port' } }
        (Test-RatchetDocument @arguments -Reference "$folder/named.*").Valid | Should -BeFalse
        $verdict = Test-RatchetDocument @arguments -ErrorVariable faults -ErrorAction SilentlyContinue
        $verdict | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'schema.invalid,*'
    }

    It 'reads a schema without $schema as -Draft says' {
        $arguments = @{ Document = @{ a = 1 }; Schema = @{ dependencies = @{ a = @('b') } } }
        (Test-RatchetDocument @arguments -Draft draft-07).Valid | Should -BeFalse
        (Test-RatchetDocument @arguments -Draft 2020-12).Valid | Should -BeTrue
    }

    It 'reads a document as -Language says' {
        Set-Content -LiteralPath "$folder/text" -Value 'name = "a"'
        (Test-RatchetDocument "$folder/text" $schema -Language toml).Valid | Should -BeTrue
        (TabExpansion2 'Test-RatchetDocument x y -Language t').CompletionMatches.CompletionText | Should -Be 'toml'
    }

    It 'tells a file that is torn as a finding, one that is not there as an error, and judges the others' {
        $paths = "$folder/none.json", "$folder/torn.json", "$folder/good.json"
        $streams = @{ ErrorVariable = 'faults'; ErrorAction = 'SilentlyContinue' }
        $verdicts = $paths | Test-RatchetDocument -Schema $schema @streams
        Get-Names $verdicts | Should -Be 'torn.json', 'good.json'
        $verdicts.Valid | Should -Be $false, $true
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_found,*'
        $faults[0].TargetObject | Should -Be "$folder/none.json"
    }

    It 'reports a schema that is none' {
        $streams = @{ ErrorVariable = 'faults'; ErrorAction = 'SilentlyContinue' }
        Test-RatchetDocument "$folder/good.json" @{ type = 7 } @streams | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'schema.invalid,*'
    }

    It 'gives one boolean with -Quiet' {
        Test-RatchetDocument "$folder/good.*" $schema -Quiet | Should -BeExactly $true
        Test-RatchetDocument "$folder/good.json", "$folder/bad*.yaml" $schema -Quiet | Should -BeExactly $false
        $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'; ErrorVariable = 'faults' }
        $answer = "$folder/good.json", "$folder/none.json" | Test-RatchetDocument -Schema $schema -Quiet @streams
        $answer | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *none.json*'
        $faults | Should -BeNullOrEmpty
    }
}
