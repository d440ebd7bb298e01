BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'Invoke-RatchetOperation' {
    It 'takes a request as <Form>' -ForEach @(
        @{ Form = 'a hashtable'; Request = @{ payload = @{ b = 1; a = @($true, $null, 'x') } } }
        @{ Form = 'an object'; Request = [pscustomobject]@{ payload = [ordered]@{ a = @($true, $null, 'x'); b = 1 } } }
        @{ Form = 'JSON text'; Request = '{ "payload": {"a":[true,null,"x"],"b":1} }' }
    ) {
        Invoke-RatchetOperation -Name ping -Request $Request -AsJson |
            Should -BeExactly '{"payload":{"a":[true,null,"x"],"b":1}}'
    }

    It 'takes requests by the pipeline, one call each' {
        $answers = @{ payload = 1 }, '{"payload":2}' | Invoke-RatchetOperation -Name ping
        $answers.Payload | Should -Be 1, 2
    }

    It 'writes <Name> as JSON' -ForEach @(
        @{ Name = 'a date'; Value = [datetime]::SpecifyKind('2026-01-31T08:09:10', 'Utc'); Json = '"2026-01-31T08:09:10.000Z"' }
        @{ Name = 'a large integer'; Value = [long]::MaxValue; Json = '9223372036854775807' }
        @{ Name = 'an enum'; Value = [System.DayOfWeek]::Friday; Json = '"Friday"' }
        @{ Name = 'a switch'; Value = [switch] $true; Json = 'true' }
        @{ Name = 'a text that looks like markup'; Value = '<&"''>'; Json = '"<&\"''>"' }
        @{ Name = 'a list of one'; Value = @(, 'x'); Json = '["x"]' }
        @{ Name = 'an empty list'; Value = @(); Json = '[]' }
    ) {
        Invoke-RatchetOperation -Name ping -Request @{ payload = $Value } -AsJson |
            Should -BeExactly "{`"payload`":$Json}"
    }

    It 'refuses <Name>, which JSON has no form for' -ForEach @(
        @{ Name = 'NaN'; Value = [double]::NaN; Code = 'request.wrong_type' }
        @{ Name = 'a script block'; Value = { Get-Date }; Code = 'request.wrong_type' }
        @{ Name = 'half a character'; Value = [string][char]0xD800; Code = 'text.invalid_utf8' }
    ) {
        { Invoke-RatchetOperation -Name ping -Request @{ payload = $Value } } |
            Should -Throw -ErrorId "$Code,*" -ExpectedMessage '/payload *'
    }

    It 'refuses a value that holds itself' {
        $circle = @{}
        $circle.payload = $circle
        { Invoke-RatchetOperation -Name ping -Request $circle } | Should -Throw -ErrorId 'request.constraint,*'
    }

    It 'ends with the engine''s code as ErrorId: <Code>' -ForEach @(
        @{ Operation = 'pingg'; Request = $null; Code = 'operation.unknown' }
        @{ Operation = 'ping'; Request = @{ paylod = 1 }; Code = 'request.unknown_key' }
        @{ Operation = 'ping'; Request = '{'; Code = 'request.invalid_json' }
    ) {
        { Invoke-RatchetOperation -Name $Operation -Request $Request } | Should -Throw -ErrorId "$Code,*"
    }

    It 'goes on after an error that is about one request' {
        $requests = @(
            @{ instance_path = '/no/such/file.json' }
            @{ instance = @{ pattern_id = 'PAT-BATCH-CREATE-001' } }
        )
        $answers = $requests | Invoke-RatchetOperation -Name validate.instance -ErrorVariable faults -ErrorAction SilentlyContinue
        @($answers).Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_found,*'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'calls nothing under -WhatIf' {
        Invoke-RatchetOperation -Name ping -WhatIf | Should -BeNullOrEmpty
    }

    It 'cancels at its time limit' {
        $faults = $null
        Invoke-RatchetOperation -Name ping -Request @{ delay_ms = 600000 } -TimeoutSeconds 1 -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'job.timeout,*'
        $faults[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'completes names of operations' {
        $line = 'Invoke-RatchetOperation pi'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText |
            Should -Contain 'ping'
    }
}

Describe 'Ctrl+C' {
    It 'cancels the job and returns in time' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module -Name '$manifest'").AddStatement().AddCommand(
                'Invoke-RatchetOperation').AddParameters(
                @{ Name = 'ping'; Request = @{ events = 1; delay_ms = 60000 }; Debug = $true })
            $running = $shell.BeginInvoke()
            # Its event says that the job runs.
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while ($shell.Streams.Debug.Count -eq 0 -and [datetime]::UtcNow -lt $limit) {
                $null = $running.AsyncWaitHandle.WaitOne(20)
            }
            $shell.Streams.Debug.Count | Should -Be 1
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(10)) | Should -BeTrue
            $shell.EndStop($stopping)
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'Get-RatchetOperation' {
    It 'lists all operations with their schemas' {
        $operations = Get-RatchetOperation
        $operations.Name | Should -Contain 'pattern.run'
        foreach ($operation in $operations) {
            $operation.Sentence | Should -Match '\.$'
            $operation.Request['$defs'] | Should -Not -BeNullOrEmpty
        }
    }

    It 'takes names with wildcards, also by the pipeline' {
        (Get-RatchetOperation -Name 'PATTERN.*').Name | Should -Be 'pattern.describe', 'pattern.list', 'pattern.run'
        ('ping', 'describe' | Get-RatchetOperation).Name | Should -Be 'ping', 'describe'
    }

    It 'ends with operation.unknown for a name that nobody has' {
        { Get-RatchetOperation -Name pingg } | Should -Throw -ErrorId 'operation.unknown,*'
    }
}

Describe 'Get-RatchetPattern' {
    It 'describes patterns by <By>' -ForEach @(
        @{ By = 'name'; Name = 'batch_create' }
        @{ By = 'id'; Name = 'PAT-BATCH-CREATE-001' }
        @{ By = 'wildcard'; Name = 'BATCH_*' }
    ) {
        $pattern = Get-RatchetPattern -Name $Name
        $pattern.Id | Should -Be 'PAT-BATCH-CREATE-001'
        $pattern.Steps.Count | Should -BeGreaterThan 0
        $pattern.GroundTruth.Count | Should -BeGreaterThan 0
    }

    It 'lists them as a table with name and id' {
        Get-RatchetPattern | Out-String | Should -Match 'batch_create\s+PAT-BATCH-CREATE-001'
    }

    It 'ends with pattern.unknown for a name that nobody has' {
        { Get-RatchetPattern -Name batch_creat } | Should -Throw -ErrorId 'pattern.unknown,*'
    }
}
