BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    $folder = New-Project
    $good = Save-Instance -Path "$folder/good.json"
    $bad = Save-Instance -Path "$folder/bad [1].json" -Instance @{
        pattern_id = 'PAT-BATCH-CREATE-001'; project_root = '.'; files_to_creat = @()
    }
}

Describe 'Test-PatternInstance' {
    It 'gives a verdict and no error' {
        $verdict = Test-PatternInstance -InstancePath $good
        $verdict.Valid | Should -BeTrue
        $verdict.pattern_id | Should -Be 'PAT-BATCH-CREATE-001'
        $verdict['valid'] | Should -BeTrue
        $verdict.Errors.Count | Should -Be 0
    }

    It 'names the place and the nearest key of what is wrong' {
        $verdict = Test-PatternInstance -LiteralPath $bad
        $verdict.Valid | Should -BeFalse
        "$($verdict.Errors)" | Should -Match 'bad \[1\]\.json:\d+:\d+: .*files_to_create'
        $verdict | Out-String | Should -Match 'bad \[1\]\.json:\d+:\d+: '
    }

    It 'has its old name as an alias, with the old parameters' {
        (Validate-PatternInstance -InstancePath $good -RequiredFields 'files_to_create').Valid | Should -BeTrue
        (Validate-PatternInstance -InstancePath $good -RequiredFields 'doc_id').Valid | Should -BeFalse
    }

    It 'takes the value itself' {
        (Test-PatternInstance -Instance (New-Instance)).Valid | Should -BeTrue
        (Test-PatternInstance -Instance ([pscustomobject] (New-Instance)) -PatternId batch_create).Valid |
            Should -BeTrue
    }

    It 'takes files by the pipeline, and names with brackets as they are' {
        $verdicts = Get-ChildItem -LiteralPath $folder -Filter *.json | Sort-Object -Property Name |
            Test-PatternInstance
        $verdicts.Valid | Should -Be $false, $true
        $verdicts.Path | Should -Be $bad, $good
        ($good | Test-PatternInstance).Valid | Should -BeTrue
    }

    It 'resolves wildcards and paths relative to $PWD, which is not the process folder' {
        Push-Location -LiteralPath $folder
        try {
            [Environment]::CurrentDirectory | Should -Not -Be $PWD.Path
            (Test-PatternInstance -Path 'go*.json').Valid | Should -BeTrue
            (Test-PatternInstance -Path ./good.json).Valid | Should -BeTrue
        } finally {
            Pop-Location
        }
    }

    It 'reports <Name> as an error with the code <Code>' -ForEach @(
        @{ Name = 'a missing file'; Path = '/no/such/file.json'; Code = 'io.not_found' }
        @{ Name = 'a wildcard without a match'; Path = '/no/such/*.json'; Code = 'io.not_found' }
        @{ Name = 'a path of another provider'; Path = 'Env:HOME'; Code = 'path.invalid' }
        @{ Name = 'a drive that does not exist'; Path = 'nodrive:/x.json'; Code = 'path.invalid' }
    ) {
        $verdict = Test-PatternInstance -InstancePath $Path -ErrorVariable faults -ErrorAction SilentlyContinue
        $verdict | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike "$Code,*"
    }

    It 'gives one boolean with -Quiet for all instances' {
        Test-PatternInstance -InstancePath $good, $good -Quiet | Should -BeExactly $true
        Test-PatternInstance -LiteralPath $bad -Quiet | Should -BeExactly $false
        Test-PatternInstance -LiteralPath $bad, $good -Quiet | Should -BeExactly $false
    }

    It 'shows the line, with a caret under the column' {
        $shown = Test-PatternInstance -LiteralPath $bad | Out-String -Width 300
        $shown | Should -Match 'Path +: .*bad \[1\]\.json'
        $shown | Should -Match '(?m)bad \[1\]\.json:\d+:3: error: .*\r?\n +"files_to_creat": \[\],?\r?\n +\^'
    }

    It 'holds the instance against a schema of one''s own: <What>' -ForEach @(
        @{ What = 'an object'; Schema = [pscustomobject] @{ required = @('size') } }
        @{ What = 'a hashtable'; Schema = @{ required = @('size') } }
        @{ What = 'a file'; Schema = './size.schema' }
    ) {
        Set-Content -LiteralPath "$folder/size.schema" -Value '{"required": ["size"]}'
        Push-Location -LiteralPath $folder
        try {
            $verdict = Test-PatternInstance -Instance @{ pattern_id = 'none'; colour = 1 } -Schema $Schema
            $verdict.Valid | Should -BeFalse
            $verdict.Errors.Code | Should -Be 'schema.required'
            $verdict.PatternId | Should -Be 'none'
            (Test-PatternInstance -Instance @{ size = 1 } -Schema $Schema).Valid | Should -BeTrue
        } finally {
            Pop-Location
        }
    }

    It 'reports a schema that is none' {
        $streams = @{ ErrorVariable = 'faults'; ErrorAction = 'SilentlyContinue' }
        $verdict = Test-PatternInstance $good -Schema @{ type = 7 } @streams
        $verdict | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'schema.invalid,*'
    }

    It 'gives false and a warning with -Quiet where it could not check' {
        $answer = Test-PatternInstance -InstancePath '/no/such/file.json' -Quiet -WarningVariable warnings -WarningAction SilentlyContinue
        $answer | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *'
    }
}
