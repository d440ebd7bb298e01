BeforeDiscovery {
    $page = [System.IO.File]::ReadAllText((Join-Path -Path $PSScriptRoot -ChildPath '../../docs/powershell.md'))

    # The examples of a section: their code and their numbers from 1.
    function Get-Example {
        param([string] $Section)

        $text = [regex]::Match($page, "(?ms)^## $Section`$(.*?)^## ").Groups[1].Value
        $number = 0
        foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```')) {
            @{ Number = ++$number; Code = $block.Groups[1].Value }
        }
    }

    $blocks = @(Get-Example -Section 'Transactions')
    $parallel = @(Get-Example -Section 'Parallel work')
}

BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'The examples of transactions in docs/powershell.md' {
    BeforeAll {
        $project = New-Project
        # One session for all: an example uses what the one before has made.
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module -Name '$manifest'; Set-Location -LiteralPath '$project'").Invoke()
        # What each leaves behind, for the next one builds on it.
        $files = @(
            'app/one.txt app/two.txt settings.json'
            'app/one.txt settings.json two.txt'
            'app/one.txt app/two.txt settings.json'
            'app/one.txt app/two.txt settings.json version.txt'
        )
    }

    AfterAll {
        $shell.Dispose()
    }

    It 'are all here' -TestCases @{ Found = $blocks.Count } {
        $Found | Should -Be $files.Count
    }

    It 'run: example <Number>' -ForEach $blocks {
        $shell.Commands.Clear()
        $null = $shell.AddScript($Code).Invoke()
        "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        $names = Get-Tree -Path $project | ForEach-Object { [System.IO.Path]::GetRelativePath($project, $_) } |
            Where-Object { $_ -notlike '.ratchet/*' } | Sort-Object
        "$names" | Should -Be $files[$Number - 1]
        Get-FileTransaction -ProjectRoot $project | Should -BeNullOrEmpty
    }
}

Describe 'The examples of parallel work in docs/powershell.md' {
    BeforeAll {
        $project = New-Project
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module -Name '$manifest'; Set-Location -LiteralPath '$project'").Invoke()
        # What each gives.
        $outputs = @(
            '*fetch*passed*0*show*passed*0*7*describe*passed*0*'
            'version.txt.bak*1*'
            ''
        )
    }

    AfterAll {
        $shell.Dispose()
    }

    It 'are all here' -TestCases @{ Found = $parallel.Count } {
        $Found | Should -Be $outputs.Count
    }

    It 'run: example <Number>' -ForEach $parallel {
        $shell.Commands.Clear()
        $output = $shell.AddScript($Code).AddCommand('Out-String').Invoke()
        "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        "$output" | Should -BeLike $outputs[$Number - 1]
    }

    It 'know that all holds' {
        $result = $shell.Runspace.SessionStateProxy.GetVariable('result')
        $result.AllPassed | Should -BeTrue
        $result.Warnings | Should -Be 1
    }
}
