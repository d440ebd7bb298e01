BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    . $PSScriptRoot/AnsweringHost.ps1

    function New-Shop {
        $shop = New-Project
        New-Item -ItemType Directory -Path "$shop/src" | Out-Null
        Set-Content -LiteralPath "$shop/src/a.py" -Value ''
        $shop
    }

    # What a script gives, and what was asked, where every question is answered by a choice's number.
    function Invoke-WithAnswer {
        param([string] $Script, [int] $Choice)

        $answering = [AnsweringHost]::new($Choice)
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $output = $shell.AddScript("Import-Module -Name '$manifest'; $Script").Invoke()
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
            $output[0], @($answering.Interface.Questions)
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

Describe 'Test-ProjectStructure' {
    It 'says what is there and what is missing' {
        $result = 'src/', 'src/*.py', 'README.md', 'docs/' | Test-ProjectStructure -ProjectRoot (New-Shop)
        $result | Should -BeOfType ([Ratchet.Results.StructureResult])
        $result.Valid | Should -BeFalse
        $result.Missing | Should -Be 'README.md', 'docs/'
        $result.Created | Should -BeNullOrEmpty
        $result.Errors.Code | Should -Be 'structure.missing', 'structure.missing'
        $shown = $result | Out-String -Width 200
        $shown | Should -Match 'Valid +: False'
        $shown | Should -Match 'README\.md: error: .*is required'
    }

    It 'has its old name as an alias, with the old parameters' {
        $shop = New-Shop
        (Validate-ProjectStructure -ProjectRoot $shop -RequiredPaths 'src').Valid | Should -BeTrue
        $result = Validate-ProjectStructure -ProjectRoot $shop -RequiredPaths 'doc' -CreateMissing
        $result.Created | Should -Be 'doc/'
    }

    It 'tells files and folders apart' {
        $shop = New-Shop
        $paths = @{ path = 'src'; kind = 'file' }, [pscustomobject] @{ path = 'src/a.py'; kind = 'folder' }
        $result = Test-ProjectStructure -ProjectRoot $shop -RequiredPaths $paths
        $result.Valid | Should -BeFalse
        $result.Errors.Count | Should -Be 2
    }

    It 'takes a root that is relative to $PWD' {
        Push-Location -LiteralPath (New-Shop)
        try {
            (Test-ProjectStructure . 'src/').Valid | Should -BeTrue
        } finally {
            Pop-Location
        }
    }

    It 'takes 10,000 paths by the pipeline as one check' {
        $shop = New-Shop
        $paths = foreach ($number in 1..10000) { 'src/{0:d2}/{1:d5}.py' -f ($number % 100), $number }
        $results = @($paths | Test-ProjectStructure -ProjectRoot $shop)
        $results.Count | Should -Be 1
        $results[0].Missing | Should -Be $paths
    }

    It 'reports a root that is not there' {
        $result = Test-ProjectStructure /no/such/root 'a' -ErrorVariable faults -ErrorAction SilentlyContinue
        $result | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_found,*'
    }

    It 'refuses a path that leads out of the project' {
        { Test-ProjectStructure -ProjectRoot (New-Shop) -RequiredPaths '../a' -ErrorAction Stop } |
            Should -Throw -ErrorId 'path.*'
    }

    It 'runs nothing that stands in a path' {
        $shop = New-Shop
        $paths = "'; touch marker; '/", '$(touch marker)/', '"; touch marker; "/', '; touch marker/',
        '`touch marker`/'
        Push-Location -LiteralPath $shop
        try {
            $result = Test-ProjectStructure . $paths -CreateMissing
        } finally {
            Pop-Location
        }
        $result.Valid | Should -BeTrue
        foreach ($path in $paths) {
            [System.IO.Directory]::Exists("$shop/$path") | Should -BeTrue
        }
        "$shop/marker" | Should -Not -Exist
    }

    Context '-CreateMissing' {
        It 'makes folders, .github too, and reports a missing file, which it does not make' {
            $shop = New-Shop
            $paths = '.github', 'docs/adr/', 'README.md', 'lib/tool.py'
            $result = $paths | Test-ProjectStructure -ProjectRoot $shop -CreateMissing
            $result.Created | Should -Be '.github/', 'docs/', 'docs/adr/'
            $result.Missing | Should -Be 'README.md', 'lib/tool.py'
            $result.Valid | Should -BeFalse
            Get-Item -LiteralPath "$shop/.github" -Force | Should -BeOfType ([System.IO.DirectoryInfo])
            "$shop/docs/adr" | Should -Exist
            "$shop/README.md" | Should -Not -Exist
            "$shop/lib" | Should -Not -Exist
        }

        It 'makes nothing with -WhatIf, and says what it would make' {
            $shop = New-Shop
            $result = Test-ProjectStructure $shop 'docs/adr/' -CreateMissing -WhatIf
            $result.Plan.Path | Should -Be 'docs', 'docs/adr'
            $result.Created | Should -BeNullOrEmpty
            $result.Missing | Should -Be 'docs/adr/'
            "$shop/docs" | Should -Not -Exist
        }

        It 'asks with -Confirm and makes what was approved: <Answer>' -ForEach @(
            @{ Answer = 'yes'; Choice = 0; Made = 'docs/'; Valid = $true }
            @{ Answer = 'no'; Choice = 2; Made = $null; Valid = $false }
        ) {
            $shop = New-Shop
            $script = "Test-ProjectStructure -ProjectRoot '$shop' -RequiredPaths 'docs/' -CreateMissing -Confirm"
            $result, $questions = Invoke-WithAnswer -Script $script -Choice $Choice
            $questions | Should -HaveCount 1
            $result.Created | Should -Be $Made
            $result.Valid | Should -Be $Valid
            Test-Path -LiteralPath "$shop/docs" | Should -Be $Valid
        }

        It 'asks nothing where there is nothing to make' {
            $shop = New-Shop
            $script = "Test-ProjectStructure -ProjectRoot '$shop' -RequiredPaths 'src/' -CreateMissing -Confirm"
            $result, $questions = Invoke-WithAnswer -Script $script -Choice 0
            $questions | Should -BeNullOrEmpty
            $result.Valid | Should -BeTrue
        }
    }

    It 'gives one boolean with -Quiet' {
        $shop = New-Shop
        Test-ProjectStructure $shop 'src/' -Quiet | Should -BeExactly $true
        'src/', 'docs/' | Test-ProjectStructure $shop -Quiet | Should -BeExactly $false
        $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        Test-ProjectStructure /no/such/root 'a' -Quiet @streams | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *'
    }
}
