BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1

    # Runs a script in a pwsh of its own, with the module; gives its output.
    function Invoke-Child {
        param([string] $Script)

        pwsh -NoProfile -NonInteractive -Command "Import-Module -Name '$manifest'; $Script" 2>&1
    }

    # Starts one that goes on until its input ends; its first line of output says that it is ready.
    function Start-Child {
        param([string] $Script)

        $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command',
            "$Script; [Console]::Out.WriteLine('ready'); [Console]::Out.Flush(); [Console]::In.ReadToEnd()") {
            $start.ArgumentList.Add($argument)
        }
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $child = [System.Diagnostics.Process]::Start($start)
        $child.StandardOutput.ReadLine() | Should -Be 'ready'
        $child
    }
}

Describe 'An undetached transaction' {
    BeforeEach {
        $project = New-Project
    }

    It 'ends when it is disposed' {
        $transaction = Start-FileTransaction -ProjectRoot $project |
            Add-FileOperation create "$project/a.txt" -Content 'x'
        "$project/.ratchet" | Should -Exist
        $transaction.Dispose()
        $transaction.Dispose()
        $transaction.State | Should -Be 'ended'
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'ends when its object is dropped' {
        $left = Invoke-Child "
            & { `$null = Start-FileTransaction -ProjectRoot '$project' }
            `$limit = [datetime]::UtcNow.AddSeconds(30)
            while ((Test-Path -LiteralPath '$project/.ratchet') -and [datetime]::UtcNow -lt `$limit) {
                [gc]::Collect()
                [gc]::WaitForPendingFinalizers()
            }
            Test-Path -LiteralPath '$project/.ratchet'"
        $left | Should -Be 'False'
    }

    It 'ends when the module is removed' {
        $output = Invoke-Child "
            `$t = Start-FileTransaction -ProjectRoot '$project'
            Test-Path -LiteralPath '$project/.ratchet'
            Remove-Module -Name Ratchet
            Test-Path -LiteralPath '$project/.ratchet'
            `$t.State"
        $output | Should -Be 'True', 'False', 'ended'
    }

    It 'stays when another runspace removes the module' {
        $output = Invoke-Child "
            `$t = Start-FileTransaction -ProjectRoot '$project'
            `$shell = [powershell]::Create()
            `$null = `$shell.AddScript('Import-Module -Name ''$manifest''; Remove-Module -Name Ratchet').Invoke()
            `$shell.Dispose()
            `$t.State"
        $output | Should -Be 'open'
    }

    It 'ends when its process exits with <Code>' -ForEach @(
        @{ Code = 0; Ending = '' }
        @{ Code = 3; Ending = 'exit 3' }
        @{ Code = 1; Ending = 'throw "stop"' }
    ) {
        $output = Invoke-Child "
            `$t = Start-FileTransaction -ProjectRoot '$project' | Add-FileOperation create '$project/a.txt' -Content 'x'
            `$t.State
            $Ending"
        $LASTEXITCODE | Should -Be $Code
        @($output)[0] | Should -Be 'open'
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'ends when its process is ended by SIG<_>' -ForEach 'TERM', 'HUP', 'INT' {
        $child = Start-Child "Import-Module -Name '$manifest'; `$t = Start-FileTransaction -ProjectRoot '$project'"
        "$project/.ratchet" | Should -Exist
        sh -c "kill -$_ $($child.Id)"
        $child.StandardInput.Close()
        $child.WaitForExit(30000) | Should -BeTrue
        $child.Dispose()
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'is abandoned by a killed process, and repaired' {
        $child = Start-Child "Import-Module -Name '$manifest'; `$t = Start-FileTransaction -ProjectRoot '$project' -TransactionId left"
        $child.Kill()
        $child.WaitForExit()
        $child.Dispose()
        (Get-FileTransaction -ProjectRoot $project).State | Should -Be 'abandoned'
        Get-FileTransaction -ProjectRoot $project | Repair-FileTransaction -Direction Back -WhatIf |
            Should -BeNullOrEmpty
        (Get-FileTransaction -ProjectRoot $project).Id | Should -Be 'left'

        Repair-FileTransaction -ProjectRoot $project -TransactionId left -Direction Forward -ErrorVariable faults -ErrorAction SilentlyContinue |
            ForEach-Object Outcome | Should -Be 'blocked'
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.state,*'

        $repaired = Get-FileTransaction -ProjectRoot $project | Repair-FileTransaction -Direction Back
        $repaired | Should -BeOfType Ratchet.Results.Recovered
        $repaired.Outcome | Should -Be 'removed'
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'is left alone by a repair while its process lives' {
        $transaction = Start-FileTransaction -ProjectRoot $project
        try {
            Repair-FileTransaction -ProjectRoot $project | Should -BeNullOrEmpty
            $transaction.State | Should -Be 'open'
            (Get-FileTransaction -ProjectRoot $project).Id | Should -Be $transaction.Id
        } finally {
            $transaction.Dispose()
        }
    }
}

Describe 'A detached transaction' {
    BeforeEach {
        $project = New-Project
    }

    It 'is begun in one process and completed in another' {
        $id = Invoke-Child "
            (Start-FileTransaction -ProjectRoot '$project' -Detach |
                Add-FileOperation create '$project/a.txt' -Content 'x').Id"
        $row = Get-FileTransaction -ProjectRoot $project
        $row.Id | Should -Be $id
        $row.State | Should -Be 'open'
        $row.Detached | Should -BeTrue
        $shown = Get-FileTransaction -ProjectRoot $project -TransactionId $id
        $shown.Operations.Path | Should -Be 'a.txt'

        $added = Add-FileOperation create "$project/b.txt" -Content 'y' -TransactionId $id -ProjectRoot $project
        $added.Operations.Path | Should -Be 'a.txt', 'b.txt'
        (Complete-FileTransaction -TransactionId $id -ProjectRoot $project).Success | Should -BeTrue
        Get-Content -LiteralPath "$project/a.txt" | Should -Be 'x'
        Get-Content -LiteralPath "$project/b.txt" | Should -Be 'y'
        Get-FileTransaction -ProjectRoot $project | Should -BeNullOrEmpty
    }

    It 'does not end with its object' {
        $transaction = Start-FileTransaction -ProjectRoot $project -Detach -TransactionId stays
        $transaction.Dispose()
        (Get-FileTransaction -ProjectRoot $project).Id | Should -Be 'stays'
        (Undo-FileTransaction -TransactionId stays -ProjectRoot $project).Success | Should -BeTrue
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'is one error for an id that nobody has' {
        Complete-FileTransaction -TransactionId nobody -ProjectRoot $project -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.unknown,*'
    }
}

Describe 'Repair-FileTransaction' {
    BeforeAll {
        # A project whose commit was killed between its first file and its end; $null where it was too quick.
        function New-Interrupted {
            $project = New-Project
            Set-Content -LiteralPath "$project/old.txt" -Value 'old'
            $transaction = Start-FileTransaction -ProjectRoot $project -TransactionId broken -Detach
            1..$count | ForEach-Object { [pscustomobject]@{ Path = "$project/new/$_/f.txt"; Content = "$_" } } |
                Add-FileOperation create -Transaction $transaction |
                Add-FileOperation update "$project/old.txt" -Content 'new' | Out-Null
            $script = "Import-Module -Name '$manifest'
                Complete-FileTransaction -TransactionId broken -ProjectRoot '$project' -Durability full"
            $child = Start-Process -FilePath pwsh -PassThru -RedirectStandardOutput "$TestDrive/child.txt" -ArgumentList @(
                '-NoProfile', '-NonInteractive', '-EncodedCommand'
                [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script)))
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while (-not [System.IO.Directory]::Exists("$project/new") -and [datetime]::UtcNow -lt $limit) {
                $null = $child.WaitForExit(1)
            }
            $child.Kill()
            $child.WaitForExit()
            $state = (Get-FileTransaction -ProjectRoot $project).State
            $state -eq 'interrupted' ? $project : $null
        }

        $count = 200
    }

    BeforeEach {
        $project = $null
        for ($attempt = 0; $attempt -lt 5 -and -not $project; ++$attempt) {
            $project = New-Interrupted
        }
        if (-not $project) {
            Set-ItResult -Skipped -Because 'SKIPPED: no commit was slow enough to be killed in its middle'
        }
    }

    It 'ends an interrupted transaction: <Way>' -ForEach @(
        @{ Way = 'back by itself'; Arguments = @{}; Outcome = 'undone'; Files = 0; Old = 'old' }
        @{ Way = 'Back'; Arguments = @{ Direction = 'Back' }; Outcome = 'undone'; Files = 0; Old = 'old' }
        @{ Way = 'Forward'; Arguments = @{ Direction = 'Forward' }; Outcome = 'kept'; Files = 200; Old = 'new' }
    ) {
        $repaired = Get-FileTransaction -ProjectRoot $project | Repair-FileTransaction @Arguments
        $repaired.Id | Should -Be 'broken'
        $repaired.Outcome | Should -Be $Outcome
        @(Get-ChildItem -LiteralPath $project -Recurse -Filter f.txt).Count | Should -Be $Files
        (Get-Content -LiteralPath "$project/old.txt") | Should -Be $Old
        "$project/.ratchet" | Should -Not -Exist
    }

    It 'leaves the files as they are and sets the transaction aside: Forget' {
        $before = Get-Tree -Path $project | Where-Object { $_ -notlike '*/.ratchet/*' }
        $repaired = Repair-FileTransaction -ProjectRoot $project -TransactionId broken -Direction Forget
        $repaired.Outcome | Should -Be 'forgotten'
        $repaired.Kept | Should -Match '^\.ratchet/kept/'
        Get-Tree -Path $project | Where-Object { $_ -notlike '*/.ratchet/*' } | Should -Be $before
        Get-FileTransaction -ProjectRoot $project | Should -BeNullOrEmpty
    }

    It 'chooses a direction for one transaction alone' {
        { Repair-FileTransaction -ProjectRoot $project -Direction Back } | Should -Throw -ErrorId 'request.constraint,*'
    }
}

Describe 'Ctrl+C in Complete-FileTransaction' {
    It 'undoes all and returns in time' {
        $project = New-Project
        $other = Start-FileTransaction -ProjectRoot $project
        # Another process holds the project, so that the commit has to wait.
        $child = Start-Child "
            `$file = [System.IO.File]::Open('$project/.ratchet/lock', 'OpenOrCreate', 'ReadWrite', 'ReadWrite')
            `$file.Lock([long] 1 -shl 62, 1)"
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript(@"
                Import-Module -Name '$manifest'
                Start-FileTransaction -ProjectRoot '$project' | Add-FileOperation create '$project/a.txt' -Content 'x' |
                    Complete-FileTransaction -Verbose
"@)
            $running = $shell.BeginInvoke()
            # That it may commit is told right before it does.
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while ($shell.Streams.Verbose.Count -eq 0 -and [datetime]::UtcNow -lt $limit) {
                $null = $running.AsyncWaitHandle.WaitOne(20)
            }
            $shell.Streams.Verbose.Count | Should -BeGreaterThan 0
            $running.IsCompleted | Should -BeFalse
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(10)) | Should -BeTrue
            $shell.EndStop($stopping)
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            "$project/a.txt" | Should -Not -Exist
            (Get-FileTransaction -ProjectRoot $project).Id | Should -Be $other.Id
        } finally {
            $shell.Dispose()
            $child.StandardInput.Close()
            $child.WaitForExit()
            $child.Dispose()
            $other.Dispose()
        }
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }
}
