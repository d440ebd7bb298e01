BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    $executor = Join-Path -Path $moduleFolder -ChildPath 'executors/batch_create/batch_create_executor.ps1'

    function Start-Executor {
        param([string[]] $Arguments)

        $script:output = pwsh -NoProfile -NonInteractive -File $executor @Arguments 2>&1
        $LASTEXITCODE
    }
}

Describe 'The executor of batch_create' {
    BeforeEach {
        $project = New-Project
        $instance = Save-Instance -Path (Join-Path -Path $TestDrive -ChildPath "$(New-Guid).json")
    }

    It 'runs an instance, writes the result and ends with 0' {
        $report = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).json"
        Start-Executor '-InstancePath', $instance, '-ProjectRoot', $project, '-OutputPath', $report | Should -Be 0
        "$project/app/two.py" | Should -Exist
        (Get-Content -LiteralPath $report -Raw | ConvertFrom-Json).status | Should -Be 'succeeded'
    }

    It 'plans with -DryRun and writes nothing into the project' {
        Start-Executor '-InstancePath', $instance, '-ProjectRoot', $project, '-DryRun' | Should -Be 0
        Get-Tree -Path $project | Should -BeNullOrEmpty
        ($output | Out-String) | Should -Match 'planned'
    }

    It 'ends with 1 when a file is in the way, and says which' {
        Set-Content -LiteralPath "$project/app" -Value 'a file where a folder is needed'
        New-Item -ItemType Directory -Path "$project/other" | Out-Null
        Set-Content -LiteralPath "$project/other/x.py" -Value 'mine'
        $clash = Save-Instance -Path "$TestDrive/clash.json" -Instance (New-Instance -Path 'other/x.py')
        Start-Executor '-InstancePath', $clash, '-ProjectRoot', $project | Should -Be 1
        ($output | Out-String) | Should -Match 'other/x\.py'
        Get-Content -LiteralPath "$project/other/x.py" | Should -Be 'mine'
    }

    It 'ends with 2 for <Name>' -ForEach @(
        @{ Name = 'an instance that is missing'; Path = '/no/such/file.json' }
        @{ Name = 'a path of another provider'; Path = 'Env:HOME' }
    ) {
        Start-Executor '-InstancePath', $Path, '-ProjectRoot', $project | Should -Be 2
        ($output | Out-String) | Should -Match 'error: '
    }

    It 'ends with 2 and the place for an instance that is wrong' {
        $bad = Save-Instance -Path "$TestDrive/bad.json" -Instance @{
            pattern_id = 'PAT-BATCH-CREATE-001'; project_root = '.'; files_to_creat = @()
        }
        Start-Executor '-InstancePath', $bad, '-ProjectRoot', $project | Should -Be 2
        ($output | Out-String) | Should -Match 'bad\.json:\d+:\d+: '
    }

    It 'stays thin and has no mark at its beginning' {
        $bytes = [System.IO.File]::ReadAllBytes($executor)
        $bytes[0] | Should -Be ([byte][char] '#')
        @(Get-Content -LiteralPath $executor).Count | Should -BeLessThan 120
    }
}
