BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    $folder = New-Project
    Set-Content -LiteralPath "$folder/good.json" -Value '{"type": "string"}'
    Set-Content -LiteralPath "$folder/bad [1].json" -Value "{`n  `"type`": 7`n}"
    Set-Content -LiteralPath "$folder/main.yaml" -Value '$ref: https://x.test/part'
    Set-Content -LiteralPath "$folder/part.json" -Value '{"$id": "https://x.test/part", "minLength": 1}'
    Set-Content -LiteralPath "$folder/none" -Value '{'
}

Describe 'Test-RatchetSchema' {
    It 'gives one verdict for each schema, with its path' {
        $files = Get-ChildItem -LiteralPath $folder -Filter *.json | Sort-Object -Property Name
        $verdicts = $files | Test-RatchetSchema
        $verdicts | ForEach-Object { $_ | Should -BeOfType ([Ratchet.Results.SchemaVerdict]) }
        $verdicts.Path | Should -Be "$folder/bad [1].json", "$folder/good.json", "$folder/part.json"
        $verdicts.Valid | Should -Be $false, $true, $true
    }

    It 'shows the place, the line and a caret' {
        $shown = Test-RatchetSchema -LiteralPath "$folder/bad [1].json" | Out-String -Width 300
        $shown | Should -Match 'Valid +: False'
        $shown | Should -Match 'bad \[1\]\.json:2:11: error: '
        $shown | Should -Match '(?m)^ +"type": 7\r?\n +\^'
    }

    It 'takes the schema itself: <What>' -ForEach @(
        @{ What = 'a hashtable'; Schema = @{ type = 'string'; maximum = 40 } }
        @{ What = 'an object'; Schema = [pscustomobject] @{ type = 'string'; maximum = 40 } }
        @{ What = 'JSON'; Schema = '{"type": "string", "maximum": 40}' }
        @{ What = 'YAML'; Schema = "type: string`nmaximum: 40" }
    ) {
        $verdict = Test-RatchetSchema -Schema $Schema
        $verdict.Valid | Should -BeTrue
        $verdict.Path | Should -BeNullOrEmpty
        $verdict.Warnings.Code | Should -Be 'schema.no_effect'
    }

    It 'takes a boolean for a schema' {
        (Test-RatchetSchema -Schema $true).Valid | Should -BeTrue
    }

    It 'finds what a schema refers to among -Reference' {
        (Test-RatchetSchema -Path "$folder/main.yaml").Errors[0].Code | Should -Be 'schema.invalid'
        Push-Location -LiteralPath $folder
        try {
            (Test-RatchetSchema main.yaml -Reference 'pa*.json').Valid | Should -BeTrue
        } finally {
            Pop-Location
        }
    }

    It 'reads a schema without $schema as -Draft says' {
        $schema = @{ type = 'object'; dependencies = @{ a = @('b') } }
        (Test-RatchetSchema -Schema $schema -Draft draft-07).Warnings | Should -BeNullOrEmpty
        (Test-RatchetSchema -Schema $schema -Draft 2020-12).Warnings.Code | Should -Contain 'schema.keyword'
    }

    It 'reports <What>, and looks at the others' -ForEach @(
        @{ What = 'a file that is not there'; Name = 'nowhere.json'; Code = 'io.not_found' }
        @{ What = 'a file that is no JSON'; Name = 'none'; Code = 'json.invalid' }
    ) {
        $paths = "$folder/$Name", "$folder/good.json"
        $verdicts = $paths | Test-RatchetSchema -ErrorVariable faults -ErrorAction SilentlyContinue
        $verdicts.Path | Should -Be "$folder/good.json"
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike "$Code,*"
    }

    It 'gives one boolean with -Quiet' {
        Test-RatchetSchema -Path "$folder/good.json", "$folder/part.json" -Quiet | Should -BeExactly $true
        "$folder/good.json", "$folder/main.yaml" | Test-RatchetSchema -Quiet | Should -BeExactly $false
        $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        Test-RatchetSchema -Path "$folder/none" -Quiet @streams | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *'
    }
}
