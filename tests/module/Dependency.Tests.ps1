BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1

    # A project with one npm package.
    $project = New-Project
    New-Item -ItemType Directory -Path "$project/node_modules/left-pad" | Out-Null
    $package = '{"name":"left-pad","version":"1.3.0"}'
    Set-Content -LiteralPath "$project/node_modules/left-pad/package.json" -Value $package
}

Describe 'Test-Dependency' {
    It 'says what was found, and what is missing' {
        $report = Test-Dependency -ProjectRoot $project -Dependencies @{
            npm         = 'left-pad@^1.2', 'no-such-package'
            executables = 'sh', 'no-such-program'
        }
        $report | Should -BeOfType ([Ratchet.Results.DependencyReport])
        $report.Valid | Should -BeFalse
        $report.Missing | Sort-Object | Should -Be 'executable:no-such-program', 'npm:no-such-package'
        ($report.Found | Where-Object Kind -EQ executable).Path | Should -BeLike '*/sh'
        ($report.Found | Where-Object Kind -EQ npm).Version | Should -Be '1.3.0'
        $shown = $report | Out-String -Width 200
        $shown | Should -Match 'Missing +: '
        $shown | Should -Match 'npm:left-pad 1\.3\.0'
        $shown | Should -Match 'hint: npm install no-such-package'
        $report.Found | Out-String -Width 200 | Should -Match 'Kind +Name +Version'
    }

    It 'has its old name as an alias, and takes one requirement without a list' {
        (Validate-Dependencies -Dependencies @{ executables = 'sh' }).Valid | Should -BeTrue
        (@{ Npm = 'left-pad>=2' } | Validate-Dependencies -ProjectRoot $project).Valid | Should -BeFalse
    }

    It 'looks in the current location when no project is named' {
        Push-Location -LiteralPath $project
        try {
            (Test-Dependency @{ npm = 'left-pad' }).Valid | Should -BeTrue
            (Test-Dependency @{ npm = 'left-pad' } -ProjectRoot /).Valid | Should -BeFalse
        } finally {
            Pop-Location
        }
    }

    It 'takes the python that is named, also by a path from $PWD' {
        Push-Location -LiteralPath $project
        try {
            $report = Test-Dependency @{ python = 'requests' } -PythonInterpreter ./bin/no-such-python
        } finally {
            Pop-Location
        }
        $report.Valid | Should -BeNullOrEmpty
        $report.Unchecked | Should -Be 'python:requests'
    }

    It 'knows the old name of every kind, and refuses an unknown one with the nearest' {
        $all = @{}
        foreach ($kind in 'Python', 'npm', 'NpmGlobal', 'executables', 'dotnet', 'go', 'cargo') {
            $all[$kind] = @()
        }
        (Test-Dependency $all).Valid | Should -BeTrue
        { Test-Dependency @{ pyton = 'requests' } } | Should -Throw -ErrorId 'request.unknown_key,*'
        { Test-Dependency @{ pyton = 'requests' } } | Should -Throw '*did you mean "python"?*'
    }

    It 'runs nothing that stands in the name of a package: <Kind>' -ForEach @(
        @{ Kind = 'python' }, @{ Kind = 'npm' }, @{ Kind = 'npm_global' }, @{ Kind = 'executables' }
        @{ Kind = 'dotnet' }, @{ Kind = 'go' }, @{ Kind = 'cargo' }
    ) {
        $marker = "$project/marker"
        foreach ($name in "x'; touch $marker; '", "x`"; touch $marker; `"", "`$(touch $marker)", "; touch $marker",
            "x'); __import__('os').system('touch $marker'); ('", "-c 'touch $marker'") {
            # Refused as no name, or not found; never run.
            try {
                $report = Test-Dependency @{ $Kind = $name } -ProjectRoot $project -ErrorAction Stop
                $report.Found | Should -BeNullOrEmpty
            } catch [System.Management.Automation.RuntimeException] {
                $_.FullyQualifiedErrorId | Should -BeLike 'dependency.*'
            }
            $marker | Should -Not -Exist
        }
    }

    It 'gives one boolean with -Quiet, false with a warning where it cannot be told' {
        Test-Dependency @{ executables = 'sh' } -Quiet | Should -BeExactly $true
        Test-Dependency @{ executables = 'no-such-program' } -Quiet | Should -BeExactly $false
        $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $python = @{ PythonInterpreter = '/no/such/python' }
        Test-Dependency @{ python = 'requests' } -Quiet @python @streams | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *requests*'
    }
}
