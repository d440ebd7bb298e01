BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1

    # A project with one npm package, and programs of its own on PATH that tell their versions.
    $project = New-Project
    New-Item -ItemType Directory -Path "$project/node_modules/left-pad", "$project/bin" | Out-Null
    Set-Content -LiteralPath "$project/node_modules/left-pad/package.json" -Value '{"name":"left-pad","version":"1.3.0"}'
    Set-Content -LiteralPath "$project/bin/ratchet-tool" -Value "#!/bin/sh`necho 'ratchet-tool 2.5.1'"
    Set-Content -LiteralPath "$project/bin/ratchet-mute" -Value "#!/bin/sh`necho 'no number here'"
    chmod +x "$project/bin/ratchet-tool" "$project/bin/ratchet-mute"
    $path = $env:PATH
    $env:PATH = "$project/bin$([System.IO.Path]::PathSeparator)$path"
}

AfterAll {
    $env:PATH = $path
}

Describe 'Test-Dependency' {
    It 'says what was found, and what is missing' {
        $report = Test-Dependency -ProjectRoot $project -Dependencies @{
            npm         = 'left-pad@^1.2', 'no-such-package'
            executables = 'ratchet-tool>=2', 'no-such-program'
        }
        $report | Should -BeOfType ([Ratchet.Results.DependencyReport])
        $report.Valid | Should -BeFalse
        $report.Missing | Sort-Object | Should -Be 'executable:no-such-program', 'npm:no-such-package'
        $tool = $report.Found | Where-Object Kind -EQ executable
        $tool.Version | Should -Be '2.5.1'
        $tool.Path | Should -Be "$project/bin/ratchet-tool"
        $shown = $report | Out-String -Width 200
        $shown | Should -Match 'Missing +: '
        $shown | Should -Match 'npm:left-pad 1\.3\.0'
        $shown | Should -Match 'hint: npm install no-such-package'
        $report.Found | Out-String -Width 200 | Should -Match 'Kind +Name +Version'
    }

    It 'has its old name as an alias, and takes one requirement without a list' {
        (Validate-Dependencies -Dependencies @{ executables = 'ratchet-tool' }).Valid | Should -BeTrue
        (@{ Executables = 'ratchet-tool>=3' } | Validate-Dependencies).Valid | Should -BeFalse
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
        $all = @{ Python = @(); npm = @(); NpmGlobal = @(); executables = @(); dotnet = @(); go = @(); cargo = @() }
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

    It 'gives one boolean with -Quiet, false with a warning where a version cannot be told' {
        Test-Dependency @{ executables = 'ratchet-tool' } -Quiet | Should -BeExactly $true
        Test-Dependency @{ executables = 'no-such-program' } -Quiet | Should -BeExactly $false
        $streams = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        Test-Dependency @{ executables = 'ratchet-mute>=2' } -Quiet @streams | Should -BeExactly $false
        "$warnings" | Should -BeLike 'could not check: *ratchet-mute*'
    }
}
