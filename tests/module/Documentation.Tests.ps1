BeforeDiscovery {
    $page = [System.IO.File]::ReadAllText((Join-Path -Path $PSScriptRoot -ChildPath '../../docs/powershell.md'))
    $section = [regex]::Match($page, '(?ms)^## Transactions$(.*?)^## ').Groups[1].Value
    $example = 0
    $blocks = @([regex]::Matches($section, '(?ms)^```powershell\r?\n(.*?)^```') |
            ForEach-Object { @{ Number = ++$example; Code = $_.Groups[1].Value } })
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
