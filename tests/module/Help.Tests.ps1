BeforeDiscovery {
    . $PSScriptRoot/BuiltModule.ps1
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $commands = foreach ($command in Get-Command -Module Ratchet -CommandType Cmdlet) {
        @{
            Name       = $command.Name
            Parameters = @($command.Parameters.Keys | Where-Object { $_ -notin $common } |
                    ForEach-Object { @{ Command = $command.Name; Parameter = $_ } })
        }
    }
}

BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help -Name $Name -Full
    }

    It 'has a synopsis that is a sentence' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        $help.Synopsis | Should -Not -Match ([regex]::Escape("$Name ["))
    }

    It 'has a description' {
        "$($help.Description.Text)".Length | Should -BeGreaterThan 80
    }

    It 'has an example with code and a remark' {
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
        foreach ($example in $help.Examples.Example) {
            $example.Code | Should -Match (
                'Ratchet|Test-|Invoke-BatchCreate|FileTransaction|FileOperation|Invoke-Parallel|Template')
            "$($example.Remarks.Text)".Trim() | Should -Not -BeNullOrEmpty
        }
    }

    It 'has examples that parse and name parameters that exist' {
        foreach ($example in $help.Examples.Example) {
            $errors = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput(
                $example.Code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            $calls = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
            foreach ($call in $calls) {
                $command = Get-Command -Name $call.GetCommandName()
                if ($command.CommandType -eq 'Alias') {
                    $command = $command.ResolvedCommand
                }
                foreach ($element in $call.CommandElements) {
                    if ($element -is [System.Management.Automation.Language.CommandParameterAst]) {
                        { $command.ResolveParameter($element.ParameterName) } | Should -Not -Throw
                    }
                }
            }
        }
    }

    It 'shows one syntax for each parameter set' {
        @($help.Syntax.SyntaxItem).Count | Should -Be @((Get-Command -Name $Name).ParameterSets).Count
    }

    It 'describes -<Parameter>' -ForEach $Parameters {
        $described = Get-Help -Name $Command -Parameter $Parameter
        "$($described.Description.Text)" | Should -Match '^\S.{7,}\.$'
    }
}

Describe 'About Ratchet' {
    It 'is found by its name' {
        "$(Get-Help -Name about_Ratchet)" | Should -Match 'whole or not at all'
    }
}
