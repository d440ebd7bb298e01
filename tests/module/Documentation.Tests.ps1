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

    # The examples of other pages, with what each gives.
    $types = @{
        'syntax.md' = 'FileSyntax'; 'structure.md' = 'StructureResult'; 'dependencies.md' = 'DependencyReport'
        'validation.md' = 'CheckedDocument', 'SchemaVerdict', 'InstanceVerdict'
    }
    $others = foreach ($name in $types.Keys) {
        $text = [System.IO.File]::ReadAllText((Join-Path -Path $PSScriptRoot -ChildPath "../../docs/$name"))
        $number = 0
        foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```')) {
            @{ Page = $name; Code = $block.Groups[1].Value; Type = @($types[$name])[$number++] }
        }
    }
    $templates = @(Get-Example -Section 'Templates')
    $validation = @(Get-Example -Section 'Validation')
    $blocks = @(Get-Example -Section 'Transactions')
    $parallel = @(Get-Example -Section 'Parallel work')
}

BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'The example of validation in docs/powershell.md' {
    It 'is one' -TestCases @{ Found = $validation.Count } {
        $Found | Should -Be 1
    }

    It 'says what is missing, what is wrong, and where' -ForEach $validation {
        $shell = [powershell]::Create()
        try {
            $place = New-Project
            $begin = "Import-Module -Name '$manifest'; Set-Location -LiteralPath '$place'"
            $null = $shell.AddScript($begin).Invoke()
            $shell.Commands.Clear()
            $output = @($shell.AddScript($Code).Invoke())
        } finally {
            $shell.Dispose()
        }
        $output[0].Missing | Should -Be 'tools/', 'settings.json'
        $shown = $output[3].Errors | Out-String
        $shown | Should -Match 'greet\.ps1:1:16: error: .*\n    function Greet \{\r?\n {19}\^'
        $output[4].Valid | Should -BeTrue
        $output[4].Warnings | Out-String | Should -Match 'settings\.json:1:18: warning: '
        $output[5] | Should -Be 'a program is missing'
    }
}

Describe 'The examples of PowerShell in other pages' {
    BeforeAll {
        $place = New-Project
        New-Item -ItemType Directory -Path "$place/project" | Out-Null
        Set-Content -LiteralPath "$place/app.py" -Value 'x = = 7'
        New-Item -ItemType Directory -Path "$place/services", "$place/schemas" | Out-Null
        Set-Content -LiteralPath "$place/services/a.yaml" -Value 'nam: a'
        Set-Content -LiteralPath "$place/service.schema.json" -Value '{"required": ["name"]}'
        Set-Content -LiteralPath "$place/schemas/a.json" -Value '{"type": "strng"}'
        Set-Content -LiteralPath "$place/our_rules.json" -Value '{"required": ["colour"]}'
        $null = Save-Instance -Path "$place/shop.yaml"
    }

    It 'are all here' -TestCases @{ Found = @($others).Count } {
        $Found | Should -Be 6
    }

    It 'run and find what is wrong: <Page>, <Type>' -ForEach $others {
        $shell = [powershell]::Create()
        try {
            $begin = "Import-Module -Name '$manifest'; Set-Location -LiteralPath '$place'"
            $null = $shell.AddScript($begin).Invoke()
            $shell.Commands.Clear()
            $output = @($shell.AddScript($Code).Invoke())
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
        $output[0] | Should -BeOfType "Ratchet.Results.$Type"
        $output[0].Valid | Should -BeExactly $false
    }
}

Describe 'The examples of templates in docs/powershell.md' {
    BeforeAll {
        $project = New-Project
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module -Name '$manifest'; Set-Location -LiteralPath '$project'").Invoke()
        # What each gives, and the files that are there then.
        $outputs = @(
            '*Missing : {items}*Extra   : {item}*Dear Ada, tea; $1 & {{milk}}; yours*'
            '*entity*fields*Created *: product.py*'
            '*notes/plans-for-spring.md*notes/seeds.md*'
        )
        $files = '', 'product.py', 'note.md.mustache notes.csv product.py'
    }

    AfterAll {
        $shell.Dispose()
    }

    It 'are all here' -TestCases @{ Found = $templates.Count } {
        $Found | Should -Be $outputs.Count
    }

    It 'run: example <Number>' -ForEach $templates {
        $shell.Commands.Clear()
        $output = $shell.AddScript($Code).AddCommand('Out-String').Invoke()
        "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        "$output" | Should -BeLike $outputs[$Number - 1]
        $names = Get-Tree -Path $project | ForEach-Object { [System.IO.Path]::GetRelativePath($project, $_) } |
            Where-Object { $_ -notlike '.ratchet/*' } | Sort-Object
        "$names" | Should -Be $files[$Number - 1]
    }
}

Describe 'The example of PowerShell in docs/templates.md' {
    It 'does what the command line does' {
        $page = [System.IO.File]::ReadAllText((Join-Path -Path $PSScriptRoot -ChildPath '../../docs/templates.md'))
        $project = New-Project
        foreach ($block in [regex]::Matches($page, '(?ms)^`([^`\n]+)`:\n\n```\w+\n(.*?)^```')) {
            $path = Join-Path -Path $project -ChildPath $block.Groups[1].Value
            $null = New-Item -ItemType Directory -Path (Split-Path -Path $path) -Force
            [System.IO.File]::WriteAllText($path, $block.Groups[2].Value)
        }
        $shell = [powershell]::Create()
        try {
            $begin = "Import-Module -Name '$manifest'; Set-Location -LiteralPath '$project'"
            $null = $shell.AddScript($begin).Invoke()
            $shell.Commands.Clear()
            $output = @($shell.AddScript('. ./make.ps1').Invoke())
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
        $output | Should -HaveCount 2
        $written = 'serve.sh', 'web_shop/main.py', 'web_shop/order.py', 'web_shop/order_item.py'
        $output[0].Changes.Created | Should -Be $written
        $output[1].DryRun | Should -BeTrue
        $output[1].Plan.Path | Should -Contain 'billing/invoice.py'
        "$project/billing" | Should -Not -Exist
    }
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
