BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1

    # Runs it with errors kept apart; gives the records and sets $faults.
    function Invoke-Quietly {
        param([object] $Actions, [hashtable] $With = @{})

        $result = Invoke-ParallelAction -Actions $Actions @With -ErrorVariable found -ErrorAction SilentlyContinue
        Set-Variable -Name faults -Scope 1 -Value $found
        $result
    }

    # Waits until something holds; false where it never does.
    function Wait-Until {
        param([scriptblock] $Condition)

        $limit = [datetime]::UtcNow.AddSeconds(60)
        while (-not (& $Condition)) {
            if ([datetime]::UtcNow -gt $limit) {
                return $false
            }
            $null = [System.Threading.Thread]::Yield()
        }
        $true
    }
}

Describe 'Invoke-ParallelAction' {
    It 'runs commands, shell texts, operations and script blocks in one run, by their needs' {
        $file = "$TestDrive/mixed.txt"
        $records = Invoke-ParallelAction -Actions @(
            @{ name = 'last'; script = { Get-Content -LiteralPath $using:file }; needs = 'operation', 'shell' }
            @{ name = 'shell'; shell = "printf 'from the shell' > '$file'"; needs = @('command') }
            [pscustomobject]@{ Name = 'command'; Command = 'echo', 'one'; Needs = 'block' }
            [ordered]@{ name = 'operation'; operation = 'ping'; request = @{ payload = @(1, 'x') }; needs = 'block' }
            @{ name = 'block'; script = { 'first' } }
        )
        $records | Should -BeOfType Ratchet.Results.ActionRecord
        $records.Name | Should -Be 'last', 'shell', 'command', 'operation', 'block'
        $records.State | Should -Be (@('passed') * 5)
        $records[0].Output | Should -Be 'from the shell'
        $records[2].Stdout | Should -Be "one`n"
        $records[3].Result.payload | Should -Be 1, 'x'
        $records[4].Output | Should -Be 'first'
    }

    It 'takes script blocks and lists of texts alone, named by their numbers' {
        $records = Invoke-ParallelAction { 1; 2 }, @('echo', 'a b'), { 3 }
        $records.Name | Should -Be '1', '2', '3'
        $records[0].Output | Should -Be 1, 2
        $records[1].Stdout | Should -Be "a b`n"
        $records[2].Output | Should -Be 3
    }

    It 'takes a list of texts as one command, by parameter and by the pipeline' {
        (Invoke-ParallelAction 'echo', 'x').Stdout | Should -Be "x`n"
        (, @('echo', 'y') | Invoke-ParallelAction).Stdout | Should -Be "y`n"
    }

    It 'makes one run of all that is piped' {
        $records = 'one', 'two', 'three' | ForEach-Object { @{ name = $_; script = [scriptblock]::Create("'$_'") } } |
            Invoke-ParallelAction -Verbose 4>&1
        $verbose, $records = $records.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
        @($verbose -match '^Run \w+ of 3 actions starts').Count | Should -Be 1
        $records.Output | Should -Be 'one', 'two', 'three'
    }

    It 'gives nothing for nothing' {
        Invoke-ParallelAction -Actions @() | Should -BeNullOrEmpty
        @() | Invoke-ParallelAction | Should -BeNullOrEmpty
    }

    It 'has the old name' {
        (Invoke-ParallelActions { 1 }).Output | Should -Be 1
    }

    It 'takes keys as parameters are written, numbers as texts, and one text for a list' {
        $row = [pscustomobject]@{
            Name = 'a'; Command = 'true'; TimeoutSeconds = '60'; Retries = '2'; ExpectedSeconds = '0.5'; Pool = 'p'; Needs = $null
        }
        $record = Invoke-ParallelAction $row -Pools @{ p = 1 }
        $record.State | Should -Be 'passed'
    }

    It 'writes arguments and variables that are no texts as texts' {
        $record = Invoke-ParallelAction @{
            command = 'sh', '-c', 'echo $1 $2 $N ${HOME-none}', 'sh', 1.5, $true
            env = @{ N = 42; HOME = $null }
        }
        $record.Stdout | Should -Be "1.5 True 42 none`n"
    }

    It 'gives <What> to a command' -ForEach @(
        @{ What = 'a text'; Given = "a`nb"; Hex = '610a62' }
        @{ What = 'lines'; Given = @('a', 'b'); Hex = '610a620a' }
        @{ What = 'bytes'; Given = [byte[]] (255, 0); Hex = 'ff00' }
    ) {
        $record = Invoke-ParallelAction @{ command = 'od', '-An', '-v', '-tx1'; stdin = $Given }
        $record.Stdout -replace '\s' | Should -Be $Hex
    }

    It 'runs in the current location, in -Cwd, or in the action''s own folder' {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/a [b]/c").FullName
        Push-Location -LiteralPath "$TestDrive/a [b]"
        try {
            $records = Invoke-ParallelAction @('pwd'), { "$PWD" }, @{ shell = 'pwd'; cwd = './c' }, @{ script = { "$PWD" }; cwd = 'c' }
            $records[0].Stdout | Should -Be "$TestDrive/a [b]`n"
            $records[1].Output | Should -Be "$TestDrive/a [b]"
            $records[2].Stdout | Should -Be "$folder`n"
            $records[3].Output | Should -Be $folder
            (Invoke-ParallelAction { "$PWD" }, @('pwd') -Cwd c | ForEach-Object { "$($_.Output)$($_.Stdout)".Trim() }) |
                Should -Be $folder, $folder
        } finally {
            Pop-Location
        }
    }

    It 'keeps the order of the actions, whatever ends first' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $records = Invoke-ParallelAction -ThrottleLimit 2 -Actions @(
            { $null = ($using:gate).Wait(60000); 'first' }
            { ($using:gate).Set(); 'second' }
        )
        $records.Output | Should -Be 'first', 'second'
    }

    It 'runs 1,000 script blocks and gives their objects in order' {
        $records = 1..1000 | ForEach-Object { [scriptblock]::Create("$_") } | Invoke-ParallelAction
        $records.Count | Should -Be 1000
        $records.Output | Should -Be (1..1000)
    }

    It 'runs no more at once than -ThrottleLimit, and as many' {
        $shared = [hashtable]::Synchronized(@{ Running = 0; Most = 0 })
        $pair = [System.Threading.Barrier]::new(2)
        $block = {
            $shared = $using:shared
            [System.Threading.Monitor]::Enter($shared)
            $shared.Running++
            $shared.Most = [math]::Max($shared.Most, $shared.Running)
            [System.Threading.Monitor]::Exit($shared)
            # Goes on only when another one runs at the same time.
            $met = ($using:pair).SignalAndWait(60000)
            [System.Threading.Monitor]::Enter($shared)
            $shared.Running--
            [System.Threading.Monitor]::Exit($shared)
            $met
        }
        $records = Invoke-ParallelAction (@($block) * 20) -ThrottleLimit 2
        $records.Output | Should -Not -Contain $false
        $shared.Most | Should -Be 2
    }

    It 'runs one of a pool at a time' {
        $shared = [hashtable]::Synchronized(@{ Running = 0; Most = 0 })
        $block = {
            $shared = $using:shared
            $shared.Running++
            $shared.Most = [math]::Max($shared.Most, $shared.Running)
            $shared.Running--
        }
        $actions = 1..10 | ForEach-Object { @{ name = "$_"; script = $block; pool = 'one' } }
        (Invoke-ParallelAction $actions -Pools @{ one = 1 } -ThrottleLimit 4).State | Should -Be (@('passed') * 10)
        $shared.Most | Should -Be 1
    }

    It 'tries again, and says how often' {
        $file = "$TestDrive/tries.txt"
        $shared = [hashtable]::Synchronized(@{ Tries = 0 })
        $records = Invoke-ParallelAction -Retries 3 -RetrySeconds 0.01 -Backoff fixed -Actions @(
            { ($using:shared).Tries++; if (($using:shared).Tries -lt 3) { throw 'not yet' }; 'done' }
            @{ shell = "echo x >> '$file'; test `$(wc -l < '$file') -ge 2" }
            @{ shell = 'exit 4'; retries = 0 }
        ) -ErrorAction SilentlyContinue
        $records.State | Should -Be 'passed', 'passed', 'failed'
        $records.Attempts | Should -Be 3, 2, 1
        $records[0].Output | Should -Be 'done'
        $records[0].EarlierStates | Should -Be 'failed', 'failed'
    }

    It 'ends <What> at its limit' -ForEach @(
        @{ What = 'a command'; Do = @{ command = 'sleep', '1000'; timeout_seconds = 0.1 }; With = @{} }
        @{ What = 'a script block'; Do = @{ script = { Start-Sleep 1000 } }; With = @{ TimeoutSeconds = 0.1 } }
        @{ What = 'a block that has not begun'; Do = @{ script = { while ($true) { } } }; With = @{ TimeoutSeconds = 0.001 } }
        @{ What = 'all together'; Do = @{ script = { Start-Sleep 1000 } }; With = @{ TotalTimeoutSeconds = 0.1 } }
    ) {
        $record = Invoke-Quietly ($Do + @{ name = 'slow' }) $With
        $record.State | Should -Be 'timed_out'
        $record.ExitCode | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'action.timed_out,*'
        $faults[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $faults[0].TargetObject | Should -Be 'slow'
    }

    It 'leaves a script block behind that does not stop, and says so' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        try {
            $with = @{
                TimeoutSeconds  = 0.1
                GraceSeconds    = 0.1
                WarningVariable = 'warnings'
                WarningAction   = 'SilentlyContinue'
                ErrorAction     = 'SilentlyContinue'
            }
            $record = Invoke-ParallelAction @with -Actions @{
                name = 'deaf'; script = { $null = ($using:gate).Wait(60000); 'late' }
            }
            $record.State | Should -Be 'timed_out'
            $record.Output | Should -BeNullOrEmpty
            "$warnings" | Should -BeLike '*"deaf" did not stop*'
        } finally {
            $gate.Set()
        }
    }

    It 'ends the others at the first failure under -FailFast, and names them' {
        $began = [System.Threading.CountdownEvent]::new(1)
        $records = Invoke-Quietly -With @{ FailFast = $true; ThrottleLimit = 3 } -Actions @(
            @{ name = 'block'; script = { $null = ($using:began).Signal(); Start-Sleep 1000 } }
            @{ name = 'command'; command = 'sleep', '1000' }
            @{ name = 'bad'; script = { $null = ($using:began).Wait(60000); throw 'enough' } }
            @{ name = 'waiting'; command = 'true'; needs = 'block' }
            @{ name = 'dependant'; command = 'true'; needs = 'waiting' }
        )
        $records.State | Should -Be 'cancelled', 'cancelled', 'failed', 'cancelled', 'cancelled'
        ($records | Where-Object State -EQ 'cancelled').Reason | Should -Be (@('"bad" did not pass') * 4)
        $faults.Count | Should -Be 1
        $faults[0].TargetObject | Should -Be 'bad'
    }

    It 'goes on without -FailFast and skips what needs the failed one' {
        $records = Invoke-Quietly @(
            @{ name = 'bad'; command = 'false' }
            @{ name = 'skipped'; script = { 1 }; needs = 'bad' }
            @{ name = 'good'; script = { 2 } }
        )
        $records.State | Should -Be 'failed', 'skipped', 'passed'
        $records[1].Reason | Should -BeLike '*"bad"*'
    }

    It 'says with -SlowAfterSeconds what was slow' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $records = Invoke-ParallelAction { $null = ($using:gate).Wait(200) }, @('true') -SlowAfterSeconds 0.05
        $records[0].Slow | Should -BeTrue
    }

    It 'keeps no output under -Output discard' {
        (Invoke-ParallelAction -Actions 'echo', 'x' -Output discard).Stdout | Should -BeNullOrEmpty
    }

    It 'writes output that outgrows memory to -SpillFolder' {
        $folder = New-Project
        $record = Invoke-ParallelAction @{ shell = 'head -c 11000000 /dev/zero' } -SpillFolder $folder
        $record.StdoutDropped | Should -BeGreaterThan 0
        (Get-Item -LiteralPath $record.StdoutFile).Length | Should -Be 11000000
    }

    It 'shows done, total and what runs as progress' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module -Name '$manifest'; Invoke-ParallelAction { 1 }, { 2 } -ShowProgress").Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Running actions')
            $records[-1].RecordType | Should -Be 'Completed'
            $records[-2].StatusDescription | Should -Be '2/2'
            $records[-2].PercentComplete | Should -Be 100
            $records[0].StatusDescription | Should -Match '^\d/2$'

            $shell.Streams.ClearStreams()
            $shell.Commands.Clear()
            $null = $shell.AddScript('Invoke-ParallelAction { 1 } -ShowProgress:$false').Invoke()
            @($shell.Streams.Progress | Where-Object Activity -EQ 'Running actions') | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }

    It 'prints no progress where nobody looks' {
        $output = pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'; (Invoke-ParallelAction { 1 }).Output" 2>&1
        "$output" | Should -Be '1'
    }

    It 'runs nothing under -WhatIf' {
        Invoke-ParallelAction -WhatIf -Actions { Set-Content -LiteralPath "$using:TestDrive/no.txt" -Value '' }, @('touch', "$TestDrive/no.txt") |
            Should -BeNullOrEmpty
        "$TestDrive/no.txt" | Should -Not -Exist
    }

    It 'asks once for all under -Confirm' {
        . $PSScriptRoot/AnsweringHost.ps1
        $answering = [AnsweringHost]::new(2)
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $given = "Import-Module -Name '$manifest'; Invoke-ParallelAction { 1 }, { 2 } -Confirm"
            $shell.AddScript($given).Invoke() | Should -BeNullOrEmpty
            $answering.UI.Questions.Count | Should -Be 1
            $answering.UI.Questions[0] | Should -BeLike '*2 actions*'
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    It 'shows name, state, exit code and why in a table' {
        $text = Invoke-Quietly @{ name = 'one'; shell = 'echo because >&2; exit 3' }, @{ name = 'two'; script = { throw 'no' } } |
            Out-String
        $text | Should -Match 'Name\s+State\s+ExitCode\s+Duration\s+Error'
        $text | Should -Match 'one\s+failed\s+3\s+\d+ ms\s+because'
        $text | Should -Match 'two\s+failed\s+1\s+\d+ ms\s+no'
    }

    It 'has the names of JSON and gives the engine''s own bytes' {
        $record = Invoke-ParallelAction @{ name = 'a'; command = 'true' }
        $record.exit_code | Should -Be 0
        $record['duration_ms'] | Should -Be $record.DurationMs
        ($record.ToJson() | ConvertFrom-Json).state | Should -Be 'passed'
    }
}

Describe 'A refused run' {
    It 'starts nothing and ends the command: <Name>' -ForEach @(
        @{ Name = 'an unknown need'; Code = 'parallel.unknown_need'; Actions = @{ name = 'a'; command = 'true'; needs = 'b' } }
        @{ Name = 'a circle'; Code = 'parallel.circular_needs'; Actions = @{ name = 'a'; script = { 1 }; needs = 'a' } }
        @{ Name = 'one name twice'; Code = 'parallel.duplicate_name'; Actions = @{ name = 'a'; script = { 1 } }, @{ name = 'a'; script = { 1 } } }
        @{ Name = 'an unknown pool'; Code = 'parallel.unknown_pool'; Actions = @{ name = 'a'; script = { 1 }; pool = 'p' } }
        @{ Name = 'an unknown key'; Code = 'request.unknown_key'; Actions = @{ nam = 'a'; command = 'true' } }
        @{ Name = 'a limit of nothing'; Code = 'request.constraint'; Actions = @{ command = 'true'; timeout_seconds = 0 } }
        @{ Name = 'nothing to do'; Code = 'parallel.invalid_action'; Actions = @{ name = 'a' } }
        @{ Name = 'two things to do'; Code = 'parallel.invalid_action'; Actions = @{ command = 'true'; script = { 1 } } }
        @{ Name = 'a text alone'; Code = 'parallel.invalid_action'; Actions = 'true' }
        @{ Name = 'a number'; Code = 'parallel.invalid_action'; Actions = @(1, 2) }
        @{ Name = 'a script that is none'; Code = 'parallel.invalid_action'; Actions = @{ script = 'Get-Date' } }
        @{ Name = 'one key twice'; Code = 'parallel.invalid_action'; Actions = @{ command = 'true'; timeout_seconds = 1; TimeoutSeconds = 2 } }
        @{ Name = 'the word host'; Code = 'parallel.invalid_action'; Actions = @{ host = $true } }
        @{ Name = 'variables for a block'; Code = 'parallel.invalid_action'; Actions = @{ script = { 1 }; env = @{ A = 'b' } } }
        @{ Name = 'an env that is no table'; Code = 'parallel.invalid_action'; Actions = @{ command = 'true'; env = 'A=b' } }
        @{ Name = 'a request alone'; Code = 'parallel.invalid_action'; Actions = @{ command = 'true'; request = @{} } }
        @{ Name = 'an unknown operation'; Code = 'operation.unknown'; Actions = @{ operation = 'pingg' } }
    ) {
        $witness = @{ name = 'witness'; command = 'touch', "$TestDrive/witness" }
        # A text has to stay alone: beside another it would be a command.
        $all = $Actions -is [string] ? $Actions : @($witness) + $Actions
        { Invoke-ParallelAction $all } | Should -Throw -ErrorId "$Code,*"
        "$TestDrive/witness" | Should -Not -Exist
    }

    It 'is one error that names the action where a program is missing' {
        Invoke-Quietly @{ name = 'first'; command = 'touch', "$TestDrive/witness" }, @{ name = 'odd'; command = 'no-such-program' } |
            Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'process.*'
        $faults[0].TargetObject | Should -Be 'odd'
        "$TestDrive/witness" | Should -Not -Exist
    }
}

Describe '$using: in a script block' {
    It 'gives <Expression>' -ForEach @(
        @{ Expression = '$using:text'; Value = 'a $b' }
        @{ Expression = '$using:TEXT'; Value = 'a $b' }
        @{ Expression = '${using:text}'; Value = 'a $b' }
        @{ Expression = '$using:table.inner.Name'; Value = 'deep' }
        @{ Expression = '$using:table[''inner''].Name'; Value = 'deep' }
        @{ Expression = '$using:list[1]'; Value = 'two' }
        @{ Expression = '$using:table.missing'; Value = $null }
        @{ Expression = '"<$using:text>"'; Value = '<a $b>' }
        @{ Expression = '($using:list).Count'; Value = 2 }
        @{ Expression = '& { $using:text }'; Value = 'a $b' }
        @{ Expression = '$using:nothing'; Value = $null }
    ) {
        # A strict caller is refused what is not there, as he is everywhere.
        Set-StrictMode -Off
        $text = 'a $b'
        $list = 'one', 'two'
        $nothing = $null
        $table = @{ inner = [pscustomobject]@{ Name = 'deep' } }
        $null = $text, $list, $nothing, $table
        (Invoke-ParallelAction ([scriptblock]::Create($Expression))).Output | Should -Be $Value
    }

    It 'gives an array whole' {
        $list = 1, 2, 3
        (Invoke-ParallelAction { ($using:list).GetType().Name; ($using:list).Count }).Output | Should -Be 'Object[]', 3
    }

    It 'sees variables of the calling function' {
        function Get-Local {
            $local = 'inner'
            $null = $local
            (Invoke-ParallelAction { $using:local }).Output
        }
        Get-Local | Should -Be 'inner'
    }

    It 'gives the object itself, not a copy' {
        $list = [System.Collections.Concurrent.ConcurrentBag[int]]::new()
        $null = Invoke-ParallelAction (@({ ($using:list).Add(1) }) * 20)
        $list.Count | Should -Be 20
    }

    It 'makes a script block anew, so that it runs where it is called' {
        $where = 'here'
        $block = { "$where in $([runspace]::DefaultRunspace.Id)" }
        $null = $block, $where
        (Invoke-ParallelAction { $where = 'there'; & $using:block; [runspace]::DefaultRunspace.Id }).Output |
            ForEach-Object { "$_" } | Should -BeLike '*'
        $output = (Invoke-ParallelAction { $where = 'there'; & $using:block; [runspace]::DefaultRunspace.Id }).Output
        $output[0] | Should -Be "there in $($output[1])"
    }

    It 'is refused where nothing of that name is set' {
        { Invoke-ParallelAction @{ name = 'a'; script = { $using:notSetAnywhere } } } |
            Should -Throw -ErrorId 'parallel.invalid_action,*' -ExpectedMessage '*$using:notSetAnywhere*'
    }

    It 'is left to a block inside the block where it is meant for that one' {
        $record = Invoke-ParallelAction { $own = 5; 1 | ForEach-Object -Parallel { $using:own } }
        $record.Output | Should -Be 5
    }
}

Describe 'A script block' {
    It 'fails where something ends it: <Name>' -ForEach @(
        @{ Name = 'throw'; Block = { 'before'; throw 'the reason' } }
        @{ Name = 'a preference'; Block = { 'before'; $ErrorActionPreference = 'Stop'; Write-Error 'the reason' } }
        @{ Name = '-ErrorAction Stop'; Block = { 'before'; Write-Error 'the reason' -ErrorAction Stop } }
        @{ Name = 'an exception'; Block = { 'before'; throw [System.InvalidOperationException]::new('the reason') } }
    ) {
        $record = Invoke-Quietly @{ name = 'mine'; script = $Block }
        $record.State | Should -Be 'failed'
        $record.Success | Should -BeFalse
        $record.Error.Message | Should -Be 'the reason'
        $record.Output | Should -Be 'before'
        "$($record.ErrorRecords[-1])" | Should -Be 'the reason'
        $failure = @($faults | Where-Object FullyQualifiedErrorId -Like 'action.failed,*')
        $failure.Count | Should -Be 1
        $failure[0].TargetObject | Should -Be 'mine'
        $failure[0].Exception.Message | Should -Be '"mine": the reason'
        $failure[0].Exception.InnerException | Should -Not -BeNullOrEmpty
    }

    It 'goes on after an error that ends a statement alone, as every script does' {
        $record = Invoke-Quietly { [int]::Parse('x'); 'after' }
        $record.State | Should -Be 'passed'
        $record.Output | Should -Be 'after'
        $faults.Count | Should -Be 1
    }

    It 'passes with errors that do not end it, which come under its name' {
        $record = Invoke-Quietly @{ name = 'mine'; script = { Get-Item -LiteralPath /no/such/thing; 'after' } }
        $record.State | Should -Be 'passed'
        $record.Output | Should -Be 'after'
        $faults.Count | Should -Be 1
        $faults[0].TargetObject | Should -Be 'mine'
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $faults[0].Exception | Should -BeOfType System.Management.Automation.ItemNotFoundException
        $record.ErrorRecords[0].TargetObject | Should -Be '/no/such/thing'
    }

    It 'has its streams come through' {
        $output = Invoke-ParallelAction -Verbose -Debug -WarningAction Continue -InformationAction Continue -Actions {
            Write-Warning 'a warning'
            Write-Verbose 'a verbose one'
            Write-Debug 'a debug one'
            Write-Information 'an information'
            Write-Host 'a host one'
        } 3>&1 4>&1 5>&1 6>&1
        foreach ($text in 'a warning', 'a verbose one', 'a debug one', 'an information', 'a host one') {
            "$output" | Should -BeLike "*$text*"
        }
    }

    It 'is silent where it was not asked' {
        $output = Invoke-ParallelAction { Write-Verbose 'v'; Write-Debug 'd'; Write-Warning 'w' } -WarningAction SilentlyContinue 3>&1 4>&1 5>&1
        @($output).Count | Should -Be 1
    }

    It 'has its errors come while it runs' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $seen = Invoke-ParallelAction { Write-Error 'early'; ($using:gate).Wait(60000) } -ErrorAction Continue 2>&1 |
            ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $gate.Set(); "$_" } else { $_.Output } }
        $seen | Should -Be 'early', $true
    }

    It 'leaves nothing to the next one in its runspace' {
        $records = Invoke-ParallelAction -ThrottleLimit 1 -Actions @(
            { $global:left = 1; $VerbosePreference = 'Continue'; Set-Location -LiteralPath / }
            { "$global:left|$VerbosePreference|$PWD" }
        )
        $records[1].Output | Should -Be "|SilentlyContinue|$PWD"
    }

    It 'has no runspace left afterwards' {
        $before = @(Get-Runspace).Count
        $null = Invoke-ParallelAction (@({ 1 }) * 8) -ThrottleLimit 4
        Wait-Until { @(Get-Runspace).Count -le $before } | Should -BeTrue
    }
}

Describe 'Errors of Invoke-ParallelAction' {
    It 'come after the results, one for each that failed' {
        $all = Invoke-ParallelAction @{ name = 'a'; shell = 'exit 3' }, @{ name = 'b'; command = 'true' }, @{ name = 'c'; shell = 'kill -9 $$' } -ErrorAction Continue 2>&1
        $all.Count | Should -Be 5
        $all[0..2].State | Should -Be 'failed', 'passed', 'signalled'
        $all[0].ExitCode | Should -Be 3
        $all[2].Signal | Should -Be 9
        $all[3].FullyQualifiedErrorId | Should -BeLike 'action.failed,*'
        $all[3].TargetObject | Should -Be 'a'
        $all[4].FullyQualifiedErrorId | Should -BeLike 'action.signalled,*'
        $all[4].TargetObject | Should -Be 'c'
    }

    It 'end the command under -ErrorAction Stop' {
        { Invoke-ParallelAction @{ name = 'a'; command = 'false' } -ErrorAction Stop } | Should -Throw -ErrorId 'action.failed,*'
    }

    It 'cancel what runs where a block tells one under -ErrorAction Stop' {
        $shared = [hashtable]::Synchronized(@{})
        $began = [System.Threading.ManualResetEventSlim]::new()
        {
            Invoke-ParallelAction -ThrottleLimit 2 -ErrorAction Stop -Actions @(
                { try { ($using:began).Set(); Start-Sleep 1000 } finally { ($using:shared).Ended = $true } }
                { $null = ($using:began).Wait(60000); Write-Error 'early' }
            )
        } | Should -Throw 'early'
        $shared.Ended | Should -BeTrue
    }

    It 'are not written under -ErrorAction Ignore' {
        $Error.Clear()
        (Invoke-ParallelAction @('false'), { Write-Error 'x' } -ErrorAction Ignore).State | Should -Be 'failed', 'passed'
        $Error.Count | Should -Be 0
    }
}

Describe 'Invoke-ParallelCheck' {
    It 'says that all holds' {
        $result = Invoke-ParallelCheck -Checks @(
            @{ id = 'command'; check = @{ command = 'true' } }
            @{ id = 'list'; name = 'A list'; check = @('true') }
            @{ id = 'block'; check = { 1 }; severity = 'Critical' }
            @{ id = 'operation'; check = @{ operation = 'ping' }; needs = 'command' }
        )
        $result | Should -BeOfType Ratchet.Results.ParallelCheckResult
        $result.AllPassed | Should -BeTrue
        $result.CriticalFailed | Should -BeFalse
        $result.Passed | Should -Be 4
        $result.Checks.Id | Should -Be 'command', 'list', 'block', 'operation'
        $result.Checks[1].Name | Should -Be 'A list'
        $result.Checks[2].Severity | Should -Be 'critical'
        $result.Checks[2].Outcome.Output | Should -Be 1
        $result.all_passed | Should -BeTrue
    }

    It 'says with <Severity> that all holds: <AllPassed>' -ForEach @(
        @{ Severity = 'warning'; AllPassed = $true; Critical = $false; Count = 'Warnings'; Next = 'passed'; Errors = 0 }
        @{ Severity = 'high'; AllPassed = $false; Critical = $false; Count = 'Failed'; Next = 'skipped'; Errors = 1 }
        @{ Severity = 'critical'; AllPassed = $false; Critical = $true; Count = 'Failed'; Next = 'skipped'; Errors = 1 }
    ) {
        $result = Invoke-ParallelCheck -ErrorVariable faults -ErrorAction SilentlyContinue -Checks @(
            @{ id = 'bad'; severity = $Severity; check = { throw 'no' } }
            @{ id = 'next'; needs = 'bad'; check = { 1 }; severity = 'warning' }
        )
        $result.AllPassed | Should -Be $AllPassed
        $result.CriticalFailed | Should -Be $Critical
        $result.$Count | Should -Be 1
        $result.Checks[1].Outcome.State | Should -Be $Next
        $faults.Count | Should -Be $Errors
        if ($Errors) {
            $faults[0].TargetObject | Should -Be 'bad'
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'action.failed,*'
        }
    }

    It 'takes checks by the pipeline and has the old name' {
        $result = @{ id = 'a'; check = { 1 } }, [pscustomobject]@{ Id = 'b'; Check = 'true', 'x' } | Invoke-ParallelChecks
        $result.Passed | Should -Be 2
    }

    It 'cancels under -FailFast: what was not decided is skipped' {
        $result = Invoke-ParallelCheck -FailFast -ThrottleLimit 1 -ErrorAction SilentlyContinue -Checks @(
            @{ id = 'bad'; check = @('false') }
            @{ id = 'other'; check = @('true') }
        )
        $result.Failed | Should -Be 1
        $result.Skipped | Should -Be 1
        $result.Checks[1].Outcome.State | Should -Be 'cancelled'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a check without an id'; Code = 'request.missing_key'; Checks = @{ check = @('true') } }
        @{ Name = 'a check of nothing'; Code = 'request.missing_key'; Checks = @{ id = 'a' } }
        @{ Name = 'an unknown severity'; Code = 'request.constraint'; Checks = @{ id = 'a'; check = @('true'); severity = 'huge' } }
        @{ Name = 'a form with a key of the check'; Code = 'request.unknown_key'; Checks = @{ id = 'a'; check = @{ command = 'true'; needs = 'b' } } }
        @{ Name = 'a block alone'; Code = 'parallel.invalid_action'; Checks = @(@{ id = 'a'; check = { 1 } }, 5) }
    ) {
        { Invoke-ParallelCheck $Checks } | Should -Throw -ErrorId "$Code,*"
    }

    It 'checks nothing under -WhatIf' {
        Invoke-ParallelCheck @{ id = 'a'; check = 'touch', "$TestDrive/checked" } -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/checked" | Should -Not -Exist
    }

    It 'shows counts and what failed' {
        $text = Invoke-ParallelCheck @{ id = 'a'; check = { throw 'no' } } -ErrorAction SilentlyContinue | Out-String
        $text | Should -Match 'AllPassed\s+: False'
        $text | Should -Match '0 passed, 1 failed, 0 warnings, 0 skipped'
        $text | Should -Match 'action.failed: "a": no'
    }
}

Describe 'Ctrl+C in Invoke-ParallelAction' {
    It 'ends all processes and script blocks and returns in time' {
        $began = [System.Threading.CountdownEvent]::new(3)
        $ended = [System.Threading.CountdownEvent]::new(3)
        $folder = New-Project
        $before = @(Get-Runspace).Count
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript(@"
                param(`$began, `$ended)
                Import-Module -Name '$manifest'
                `$actions = 1..3 | ForEach-Object {
                    @{ name = "child `$_"; shell = 'sleep 1000 & echo `$! > $folder/' + `$_ + '; wait' }
                    @{ name = "block `$_"; script = {
                            try { (`$using:began).Signal(); Start-Sleep 1000 } finally { (`$using:ended).Signal() } } }
                }
                Invoke-ParallelAction `$actions -ThrottleLimit 6
"@).AddArgument($began).AddArgument($ended)
            $running = $shell.BeginInvoke()
            Wait-Until {
                $began.IsSet -and @(Get-Content -Path "$folder/*").Count -eq 3
            } | Should -BeTrue
            $children = Get-Content -Path "$folder/*"
            foreach ($child in $children) {
                "/proc/$child" | Should -Exist
            }
            $running.IsCompleted | Should -BeFalse
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(10)) | Should -BeTrue
            $shell.EndStop($stopping)
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $ended.IsSet | Should -BeTrue
            Wait-Until { -not ($children | Where-Object { Test-Path -LiteralPath "/proc/$_" }) } | Should -BeTrue
        } finally {
            $shell.Dispose()
        }
        Wait-Until { @(Get-Runspace).Count -le $before } | Should -BeTrue
    }

    It 'returns in time although a script block does not stop' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $began = [System.Threading.ManualResetEventSlim]::new()
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript(@"
                param(`$gate, `$began)
                Import-Module -Name '$manifest'
                Invoke-ParallelAction { (`$using:began).Set(); (`$using:gate).Wait(60000) }
"@).AddArgument($gate).AddArgument($began)
            $null = $shell.BeginInvoke()
            $began.Wait(60000) | Should -BeTrue
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(10)) | Should -BeTrue
            $shell.EndStop($stopping)
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $gate.IsSet | Should -BeFalse
        } finally {
            $gate.Set()
            $shell.Dispose()
        }
    }
}

Describe 'A run that is left early' {
    It 'goes on to its end when the module is removed' {
        $output = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module -Name '$manifest'
            Invoke-ParallelAction { 1 }, { 2 }, @('echo', 'x') -Verbose 4>&1 | ForEach-Object {
                if (Get-Module -Name Ratchet) { Remove-Module -Name Ratchet }
                if (`$_ -isnot [System.Management.Automation.VerboseRecord]) { "`$(`$_.State) `$(`$_.Output)`$(`$_.Stdout)".Trim() }
            }
            (Get-Module -Name Ratchet).Count
"@ 2>&1
        $output | Should -Be 'passed 1', 'passed 2', 'passed x', '0'
    }

    It 'is cancelled when the pipeline needs no more' {
        $began = [System.Threading.ManualResetEventSlim]::new()
        $shared = [hashtable]::Synchronized(@{})
        $first = Invoke-ParallelAction -ThrottleLimit 2 -Actions @(
            { try { ($using:began).Set(); Start-Sleep 1000 } finally { ($using:shared).Ended = $true } }
            { $null = ($using:began).Wait(60000); Write-Warning 'enough' }
        ) 3>&1 | Select-Object -First 1
        "$first" | Should -Be 'enough'
        $shared.Ended | Should -BeTrue
    }

    It 'ends its processes with a pwsh that is ended by SIGTERM' {
        $file = "$TestDrive/pid.txt"
        $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command',
            "Import-Module '$manifest'; Invoke-ParallelAction @{ shell = 'echo `$`$ > $file.new; mv $file.new $file; exec sleep 1000' }") {
            $start.ArgumentList.Add($argument)
        }
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $child = [System.Diagnostics.Process]::Start($start)
        try {
            Wait-Until { Test-Path -LiteralPath $file } | Should -BeTrue
            $sleeper = (Get-Content -LiteralPath $file).Trim()
            "/proc/$sleeper" | Should -Exist
            sh -c "kill -TERM $($child.Id)"
            $child.WaitForExit(30000) | Should -BeTrue
            Wait-Until { -not (Test-Path -LiteralPath "/proc/$sleeper") } | Should -BeTrue
        } finally {
            $child.Dispose()
        }
    }
}
