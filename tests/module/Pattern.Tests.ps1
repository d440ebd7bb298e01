BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    . $PSScriptRoot/AnsweringHost.ps1
}

Describe 'Invoke-RatchetPattern' {
    BeforeEach {
        $project = New-Project
        $instance = Save-Instance -Path (Join-Path -Path $TestDrive -ChildPath "$(New-Guid).json")
        $arguments = @{ Pattern = 'batch_create'; InstancePath = $instance; ProjectRoot = $project }
    }

    It 'makes all files and gives a typed result' {
        $run = Invoke-RatchetPattern @arguments
        $run | Should -BeOfType Ratchet.Results.RunResult
        $run.Status | Should -Be 'succeeded'
        $run.ExitCode | Should -Be 0
        $run.Changes.Created | Should -Be 'app/one.py', 'app/two.py'
        Get-Content -LiteralPath "$project/app/one.py" -Raw | Should -Match 'class Thing'
        Join-Path -Path $project -ChildPath $run.Record.Path | Should -Exist
    }

    It 'answers to the names of JSON too, without showing them' {
        $run = Invoke-RatchetPattern @arguments
        $run.run_id | Should -BeExactly $run.RunId
        $run['run_id'] | Should -BeExactly $run.RunId
        ($run.ToJson() | ConvertFrom-Json).run_id | Should -BeExactly $run.RunId
        ($run | Get-Member -MemberType AliasProperty) | Should -BeNullOrEmpty
        $run.PSObject.Properties['plan_sha256'].Value | Should -Be $run.PlanSha256
    }

    It 'gives the JSON of the command line but for ids and times' {
        $twin = New-Project
        $ours = (Invoke-RatchetPattern @arguments -SkipSyntax).ToJson()
        $theirs = & $commandLine run batch_create $instance --project-root $twin --no-syntax --json 2>$null
        $LASTEXITCODE | Should -Be 0
        $plain = foreach ($json in $ours, "$theirs") {
            $json -replace '"(run_id|started_at|ended_at|sha256)":"[^"]*"', '"$1":""' `
                -replace '"path":"\.ratchet/[^"]*"', '"path":""' `
                -replace '"(duration_ms|processing_time_per_file|total_execution_time)":[-+.eE0-9]+', '"$1":0'
        }
        $plain[0] | Should -BeExactly $plain[1]
    }

    It 'writes nothing under -WhatIf, and gives the plan' {
        $run = Invoke-RatchetPattern @arguments -WhatIf
        $run.Status | Should -Be 'planned'
        $run.Plan.Path | Should -Be 'app/one.py', 'app/two.py'
        $run.Diff | Should -Match '\+class Thing'
        Get-Tree -Path $project | Should -BeNullOrEmpty
    }

    It 'writes nothing where $WhatIfPreference says so' {
        $WhatIfPreference = $true
        (Invoke-RatchetPattern @arguments).Status | Should -Be 'planned'
        $WhatIfPreference = $false
        Get-Tree -Path $project | Should -BeNullOrEmpty
    }

    It 'writes no result file under -WhatIf' {
        $file = Join-Path -Path $TestDrive -ChildPath "$(New-Guid).json"
        $null = Invoke-RatchetPattern @arguments -OutputPath $file -WhatIf
        $file | Should -Not -Exist
    }

    It 'plans with -DryRun' {
        (Invoke-RatchetPattern @arguments -DryRun).Status | Should -Be 'planned'
        Get-Tree -Path $project | Should -BeNullOrEmpty
    }

    It 'runs a plan that was approved, and no other' {
        $plan = (Invoke-RatchetPattern @arguments -DryRun).PlanSha256
        $run = Invoke-RatchetPattern @arguments -ExpectPlan ('0' * 64) -ErrorVariable faults -ErrorAction SilentlyContinue
        $run.Status | Should -Be 'refused'
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'plan.changed,*'
        Get-Tree -Path $project | Should -BeNullOrEmpty
        (Invoke-RatchetPattern @arguments -ExpectPlan $plan).Status | Should -Be 'succeeded'
    }

    It 'asks nothing with -Confirm:$false, whatever $ConfirmPreference says' {
        $ConfirmPreference = 'Low'
        (Invoke-RatchetPattern @arguments -Confirm:$false).Status | Should -Be 'succeeded'
    }

    It 'asks about a plan with -Confirm; <Answer> <Outcome>' -ForEach @(
        @{ Answer = 'yes'; Choice = 0; Outcome = 'runs it'; Files = 2 }
        @{ Answer = 'no'; Choice = 2; Outcome = 'writes nothing'; Files = 0 }
    ) {
        $answering = [AnsweringHost]::new($Choice)
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript("Import-Module -Name '$manifest'").AddStatement().AddCommand(
                'Invoke-RatchetPattern').AddParameters($arguments).AddParameter('Confirm')
            $run = $shell.Invoke()
            $answering.Interface.Questions.Count | Should -Be 1
            $answering.Interface.Questions[0] | Should -Match '2 changes, plan [0-9a-f]{64}'
            @($run).Count | Should -Be ([int] ($Files -gt 0))
            @(Get-ChildItem -LiteralPath $project -Recurse -Filter *.py).Count | Should -Be $Files
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    It 'refuses to run anything but the plan that was confirmed' {
        $answering = [AnsweringHost]::new(0)
        $answering.Interface.Path = $instance
        $answering.Interface.Text = New-Instance -Path 'app/other.py' | ConvertTo-Json -Depth 9
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript("Import-Module -Name '$manifest'").AddStatement().AddCommand(
                'Invoke-RatchetPattern').AddParameters($arguments).AddParameter('Confirm')
            $run = $shell.Invoke()
            $run.Status | Should -Be 'refused'
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'plan.changed,*'
            Get-Tree -Path $project | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    It 'gives the result first, then an error for each reason, when a file exists' {
        New-Item -ItemType Directory -Path "$project/app" | Out-Null
        Set-Content -LiteralPath "$project/app/two.py" -Value 'mine'
        $run = Invoke-RatchetPattern @arguments -ErrorVariable faults -ErrorAction SilentlyContinue
        $run.Status | Should -Be 'refused'
        $run.ExitCode | Should -Be 1
        $faults.Count | Should -Be $run.Errors.Count
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.exists,*'
        $faults[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $faults[0].Exception.Error.Path | Should -Be 'app/two.py'
        "$project/app/one.py" | Should -Not -Exist
        Get-Content -LiteralPath "$project/app/two.py" | Should -Be 'mine'
    }

    It 'ends with <Code> for <Name>' -ForEach @(
        @{ Name = 'an unknown pattern'; Change = @{ Pattern = 'batch_creat' }; Code = 'pattern.unknown' }
        @{ Name = 'no pattern'; Change = @{ Pattern = '' }; Code = 'request.missing_key' }
        @{ Name = 'no folder for the result'; Change = @{ OutputPath = '/no/such/folder/x.json' }; Code = 'io.not_found' }
    ) {
        foreach ($key in $Change.Keys) {
            $arguments[$key] = $Change[$key]
        }
        { Invoke-RatchetPattern @arguments } | Should -Throw -ErrorId "$Code,*"
        Get-Tree -Path $project | Should -BeNullOrEmpty
    }

    It 'goes on with the next instance after one that cannot be read' {
        $arguments.InstancePath = '/no/such/file.json', $instance
        $run = Invoke-RatchetPattern @arguments -ErrorVariable faults -ErrorAction SilentlyContinue
        @($run).Where({ $_.Status -eq 'succeeded' }).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_found,*'
    }

    It 'takes all paths relative to $PWD, which is not the process folder' {
        $folder = New-Project
        $null = Save-Instance -Path "$folder/x.json"
        New-Item -ItemType Directory -Path "$folder/root" | Out-Null
        Push-Location -LiteralPath $folder
        try {
            [Environment]::CurrentDirectory | Should -Not -Be $PWD.Path
            $run = Invoke-RatchetPattern batch_create ./x.json -ProjectRoot root -OutputPath result.json
        } finally {
            Pop-Location
        }
        $run.Status | Should -Be 'succeeded'
        "$folder/root/app/one.py" | Should -Exist
        (Get-Content -LiteralPath "$folder/result.json" -Raw).TrimEnd("`n") | Should -BeExactly $run.ToJson()
    }

    It 'takes the relative project_root of a given value from $PWD' {
        Push-Location -LiteralPath $project
        try {
            (Invoke-RatchetPattern batch_create -Instance (New-Instance)).Status | Should -Be 'succeeded'
        } finally {
            Pop-Location
        }
        "$project/app/one.py" | Should -Exist
    }

    It 'takes a name with brackets as it is with -LiteralPath, and by the pipeline from Get-ChildItem' {
        $folder = New-Project
        $null = Save-Instance -Path "$folder/x [1].json"
        $file = Get-ChildItem -LiteralPath $folder
        (Invoke-RatchetPattern batch_create -LiteralPath $file.FullName -ProjectRoot $project -DryRun).Status |
            Should -Be 'planned'
        ($file | Invoke-RatchetPattern batch_create -ProjectRoot $project -DryRun).Status | Should -Be 'planned'
    }

    It 'makes a run of each file that a wildcard matches' {
        $folder = New-Project
        $null = Save-Instance -Path "$folder/a.json" -Instance (New-Instance -Path 'a.py')
        $null = Save-Instance -Path "$folder/b.json" -Instance (New-Instance -Path 'b.py')
        $runs = Invoke-RatchetPattern batch_create "$folder/*.json" -ProjectRoot $project
        $runs.Status | Should -Be 'succeeded', 'succeeded'
        "$project/b.py" | Should -Exist
    }

    It 'is called Invoke-BatchCreate where the pattern is fixed' {
        (Invoke-BatchCreate $instance -ProjectRoot $project -DryRun).PatternId | Should -Be 'PAT-BATCH-CREATE-001'
        (Invoke-BatchCreate -InstanceFile $instance -ProjectRoot $project).Status | Should -Be 'succeeded'
    }

    It 'tells its steps with -Verbose' {
        $told = Invoke-RatchetPattern @arguments -DryRun -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        ($told -join "`n") | Should -Match 'render: succeeded'
    }

    It 'shows status, changes and record' {
        $text = Invoke-RatchetPattern @arguments | Out-String
        $text | Should -Match 'Status\s*: succeeded'
        $text | Should -Match 'Created\s*: app/one\.py'
        $text | Should -Match 'Record\s*: \.ratchet/'
    }

    It 'completes names of patterns' {
        $line = 'Invoke-RatchetPattern bat'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText |
            Should -Contain 'batch_create'
    }
}
