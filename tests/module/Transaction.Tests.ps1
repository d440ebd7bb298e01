BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
    . $PSScriptRoot/AnsweringHost.ps1
}

Describe 'A transaction' {
    BeforeEach {
        $project = New-Project
        Push-Location -LiteralPath $project
        $transaction = $null
    }

    AfterEach {
        if ($transaction) {
            $transaction.Dispose()
        }
        Pop-Location
    }

    It 'is begun for the current location, and nothing of the project changes' {
        $transaction = Start-FileTransaction
        $transaction | Should -BeOfType Ratchet.Engine.FileTransaction
        $transaction.Id | Should -Match '^[0-9A-HJKMNP-TV-Z]{26}$'
        $transaction.ProjectRoot | Should -Be $project
        $transaction.State | Should -Be 'open'
        $transaction.Detached | Should -BeFalse
        $transaction.Operations.Count | Should -Be 0
        Get-ChildItem -LiteralPath $project | Should -BeNullOrEmpty
    }

    It 'answers to the names of JSON too, without showing them' {
        $transaction = Start-FileTransaction -TransactionId 'my-own_1'
        $transaction.Id | Should -Be 'my-own_1'
        $transaction.root | Should -Be $project
        $transaction.project_root | Should -Be $project
        $transaction['project_root'] | Should -Be $project
        ($transaction.ToJson() | ConvertFrom-Json).id | Should -Be 'my-own_1'
        ($transaction | Get-Member -MemberType AliasProperty) | Should -BeNullOrEmpty
    }

    It 'commits every kind of operation, whole' {
        Set-Content -LiteralPath 'readme.txt' -Value 'old' -NoNewline
        Set-Content -LiteralPath 'gone.txt' -Value 'x'
        Set-Content -LiteralPath 'from.txt' -Value 'moved' -NoNewline
        New-Item -ItemType Directory -Path 'empty' | Out-Null
        Set-Content -LiteralPath "$TestDrive/source.bin" -Value 'from a file' -NoNewline
        $transaction = Start-FileTransaction
        $transaction | Add-FileOperation create app/one.txt -Content 'one' | Should -Be $transaction
        Add-FileOperation update readme.txt -Content 'new' -Transaction $transaction | Out-Null
        Add-FileOperation write bytes.bin -Bytes ([byte[]] (0, 255)) -Transaction $transaction | Out-Null
        Add-FileOperation create copy.txt -ContentPath "$TestDrive/source.bin" -Transaction $transaction | Out-Null
        Add-FileOperation delete gone.txt -Transaction $transaction | Out-Null
        Add-FileOperation move from.txt -Destination to/there.txt -Transaction $transaction | Out-Null
        Add-FileOperation make_folder made -Transaction $transaction | Out-Null
        Add-FileOperation remove_folder empty -Transaction $transaction | Out-Null
        $transaction.Operations.Path | Should -Contain 'to/there.txt'
        'app', 'made', 'to' | Should -Not -Exist

        $result = Complete-FileTransaction $transaction
        $result | Should -BeOfType Ratchet.Results.CommitResult
        $result.Success | Should -BeTrue
        $result.ExitCode | Should -Be 0
        $result.operations_applied | Should -BeGreaterOrEqual 8
        $result.Changes.Created | Should -Be 'app/one.txt', 'bytes.bin', 'copy.txt', 'to/there.txt'
        $result.Changes.Modified | Should -Be 'readme.txt'
        $result.Changes.Deleted | Should -Be 'from.txt', 'gone.txt'
        Get-Content -LiteralPath 'to/there.txt' -Raw | Should -BeExactly 'moved'
        Get-Content -LiteralPath 'readme.txt' -Raw | Should -BeExactly 'new'
        Get-Content -LiteralPath 'copy.txt' -Raw | Should -BeExactly 'from a file'
        [System.IO.File]::ReadAllBytes("$project/bytes.bin") | Should -Be 0, 255
        'made' | Should -Exist
        'empty', 'gone.txt' | Should -Not -Exist
        $transaction.State | Should -Be 'ended'
        '.ratchet' | Should -Not -Exist
    }

    It 'goes through one pipeline, under its old names' {
        (Begin-FileTransaction | Add-FileOperation create a.txt -Content 'a' | Commit-FileTransaction).Success |
            Should -BeTrue
        $rolled = Begin-FileTransaction | Add-FileOperation delete a.txt | Rollback-FileTransaction
        $rolled.Success | Should -BeTrue
        $rolled.operations_reverted | Should -Be 1
        'a.txt' | Should -Exist
        '.ratchet' | Should -Not -Exist
    }

    It 'takes rows by the pipeline, in their order' {
        $transaction = Start-FileTransaction
        $given = @(
            [pscustomobject]@{ Operation = 'create'; Path = 'a/same.txt'; Content = 'first' }
            [pscustomobject]@{ Operation = 'create'; Path = 'b/same.txt'; Content = 'second' }
            [pscustomobject]@{ Operation = 'move'; Path = 'a/same.txt'; Destination = 'c/same.txt' }
        ) | Add-FileOperation -Transaction $transaction
        @($given).Count | Should -Be 1
        (Complete-FileTransaction $transaction).Success | Should -BeTrue
        Get-Content -LiteralPath 'b/same.txt' | Should -Be 'second'
        Get-Content -LiteralPath 'c/same.txt' | Should -Be 'first'
        'a' | Should -Not -Exist
    }

    It 'takes rows of a table, whose empty cells stand for nothing' {
        Set-Content -LiteralPath 'x.txt' -Value 'x'
        Set-Content -LiteralPath "$TestDrive/changes.csv" -Value @(
            'Operation,Path,Content,Destination,Mode,ExpectedHash'
            'create,empty.txt,,,,'
            'create,run.sh,#!/bin/sh,,0755,'
            'move,x.txt,,y.txt,,'
        )
        $transaction = Start-FileTransaction
        Import-Csv -LiteralPath "$TestDrive/changes.csv" | Add-FileOperation -Transaction $transaction | Out-Null
        (Complete-FileTransaction $transaction).Success | Should -BeTrue
        (Get-Item -LiteralPath 'empty.txt').Length | Should -Be 0
        [System.IO.File]::GetUnixFileMode("$project/run.sh") | Should -Match 'UserExecute'
        'y.txt' | Should -Exist
    }

    It 'takes what Get-ChildItem gives' {
        'one.orig', 'two [2].orig', '-three.orig' | ForEach-Object { Set-Content -LiteralPath "./$_" -Value 'x' }
        Set-Content -LiteralPath 'stays.txt' -Value 'x'
        $transaction = Start-FileTransaction
        $result = Get-ChildItem -Filter *.orig | Add-FileOperation delete -Transaction $transaction |
            Complete-FileTransaction
        $result.Changes.Deleted.Count | Should -Be 3
        (Get-ChildItem).Name | Should -Be 'stays.txt'
    }

    It 'writes <Name>' -ForEach @(
        @{ Name = 'an empty file'; Path = 'empty.txt'; Content = '' }
        @{ Name = 'a name with brackets and spaces'; Path = 'a [1] b/c ?*.txt'; Content = 'x' }
        @{ Name = 'a name with a leading hyphen'; Path = '-n.txt'; Content = 'x' }
        @{ Name = 'a name of 255 bytes'; Path = 'n' * 255; Content = 'x' }
        @{ Name = 'a path of more than 260 characters'; Path = (@('d' * 100) * 3 -join '/') + '/f'; Content = 'x' }
        @{ Name = 'a content with CRLF and no last line end'; Path = 'crlf.txt'; Content = "a`r`nb" }
    ) {
        $result = Start-FileTransaction | Add-FileOperation create -Path $Path -Content $Content |
            Complete-FileTransaction
        $result.Changes.Created | Should -Be $Path
        [System.IO.File]::ReadAllText("$project/$Path") | Should -BeExactly $Content
    }

    It 'takes paths from $PWD, also where that is not the root, and from a PSDrive' {
        New-Item -ItemType Directory -Path 'sub' | Out-Null
        $null = New-PSDrive -Name shop -PSProvider FileSystem -Root "$project/sub"
        try {
            $transaction = Start-FileTransaction
            Push-Location -LiteralPath 'sub'
            Add-FileOperation create here.txt -Content 'x' -Transaction $transaction | Out-Null
            Pop-Location
            Add-FileOperation create shop:/drive.txt -Content 'x' -Transaction $transaction | Out-Null
            Add-FileOperation create "$project/absolute.txt" -Content 'x' -Transaction $transaction | Out-Null
            $transaction.Operations.Path | Should -Be 'absolute.txt', 'sub/drive.txt', 'sub/here.txt'
        } finally {
            Remove-PSDrive -Name shop
        }
    }

    It 'knows its root by the name that it was given, a link' {
        New-Item -ItemType SymbolicLink -Path "$TestDrive/link" -Target $project | Out-Null
        $transaction = Start-FileTransaction -ProjectRoot "$TestDrive/link"
        $transaction.ProjectRoot | Should -Be $project
        Add-FileOperation create "$TestDrive/link/a.txt" -Content 'x' -Transaction $transaction | Out-Null
        $transaction.Operations.Path | Should -Be 'a.txt'
        Remove-Item -LiteralPath "$TestDrive/link"
    }

    It 'refuses <Name> with <Code>, one error, and nothing changes' -ForEach @(
        @{ Name = 'create onto a file'; Code = 'transaction.exists'
            Arguments = @{ Operation = 'create'; Path = 'mine.txt'; Content = 'x' }
        }
        @{ Name = 'an update of nothing'; Code = 'io.not_found'
            Arguments = @{ Operation = 'update'; Path = 'no.txt'; Content = 'x' }
        }
        @{ Name = 'a file that is not as expected'; Code = 'transaction.conflict'
            Arguments = @{ Operation = 'delete'; Path = 'mine.txt'; ExpectedHash = '0' * 64 }
        }
        @{ Name = 'a path outside the root'; Code = 'path.outside_root'
            Arguments = @{ Operation = 'create'; Path = '../out.txt'; Content = 'x' }
        }
        @{ Name = 'the root itself'; Code = 'path.invalid'; Arguments = @{ Operation = 'delete'; Path = '.' } }
        @{ Name = 'a path into .git'; Code = 'path.protected'
            Arguments = @{ Operation = 'create'; Path = '.git/hooks/x'; Content = 'x' }
        }
        @{ Name = 'a path of another provider'; Code = 'path.invalid'
            Arguments = @{ Operation = 'create'; Path = 'Env:x'; Content = 'x' }
        }
    ) {
        Set-Content -LiteralPath 'mine.txt' -Value 'mine'
        $transaction = Start-FileTransaction
        $given = Add-FileOperation @Arguments -Transaction $transaction -ErrorVariable faults -ErrorAction SilentlyContinue
        $given | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike "$Code,*"
        $transaction.State | Should -Be 'open'
        $transaction.Operations.Count | Should -Be 0
        Get-Content -LiteralPath 'mine.txt' | Should -Be 'mine'
    }

    It 'ends with request.constraint for <Name>' -ForEach @(
        @{ Name = 'a move to nowhere'; Arguments = @{ Operation = 'move'; Path = 'a' } }
        @{ Name = 'a create without content'; Arguments = @{ Operation = 'create'; Path = 'a' } }
        @{ Name = 'content in two forms'
            Arguments = @{ Operation = 'create'; Path = 'a'; Content = 'x'; Bytes = [byte[]] (1, 2) }
        }
        @{ Name = 'a mode that is none'; Arguments = @{ Operation = 'create'; Path = 'a'; Content = 'x'; Mode = 'rw' } }
        @{ Name = 'a character that the encoding lacks'
            Arguments = @{ Operation = 'create'; Path = 'a'; Content = 'ß'; Encoding = 'ascii' }
        }
    ) {
        $transaction = Start-FileTransaction
        { Add-FileOperation @Arguments -Transaction $transaction } | Should -Throw -ErrorId 'request.constraint,*'
        $transaction.State | Should -Be 'open'
    }

    It 'adds what is not refused, and passes nothing on that is not whole' {
        Set-Content -LiteralPath 'b.txt' -Value 'mine'
        $transaction = Start-FileTransaction
        $result = 'a.txt', 'b.txt', 'Env:c', 'd.txt', 'b.txt', 'e.txt' |
            ForEach-Object { [pscustomobject]@{ Path = $_ } } |
            Add-FileOperation create -Content 'x' -Transaction $transaction -ErrorVariable faults -ErrorAction SilentlyContinue |
            Complete-FileTransaction
        $result | Should -BeNullOrEmpty
        $faults.Count | Should -Be 3
        $faults.FullyQualifiedErrorId.ForEach({ $_.Split(',')[0] }) |
            Should -Be 'path.invalid', 'transaction.exists', 'transaction.exists'
        $transaction.State | Should -Be 'open'
        $transaction.Operations.Path | Should -Be 'a.txt', 'd.txt', 'e.txt'
        'a.txt' | Should -Not -Exist
    }

    It 'gives the result first, then an error for each reason, when somebody changed a file' {
        Set-Content -LiteralPath 'mine.txt' -Value 'mine'
        $transaction = Start-FileTransaction | Add-FileOperation update mine.txt -Content 'ours' |
            Add-FileOperation create new.txt -Content 'x'
        Set-Content -LiteralPath 'mine.txt' -Value 'newer'
        $result = Complete-FileTransaction $transaction -ErrorVariable faults -ErrorAction SilentlyContinue
        $result.Success | Should -BeFalse
        $result.ExitCode | Should -Be 1
        $faults.Count | Should -Be $result.Errors.Count
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.conflict,*'
        $faults[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        Get-Content -LiteralPath 'mine.txt' | Should -Be 'newer'
        'new.txt' | Should -Not -Exist
        $transaction.State | Should -Be 'ended'
        '.ratchet' | Should -Not -Exist
    }

    It 'shows the diff under -WhatIf, writes nothing and stays open' {
        $transaction = Start-FileTransaction | Add-FileOperation create a.txt -Content "line`n"
        $result = Complete-FileTransaction $transaction -WhatIf
        $result.Status | Should -Be 'planned'
        $result.Plan.Path | Should -Be 'a.txt'
        $result.Diff | Should -Match '(?m)^\+line$'
        ($result | Out-String) | Should -Match '\+line'
        'a.txt' | Should -Not -Exist
        $transaction.State | Should -Be 'open'
        (Complete-FileTransaction $transaction).PlanSha256 | Should -Be $result.PlanSha256
    }

    It 'writes nothing where $WhatIfPreference says so' {
        $WhatIfPreference = $true
        $result = Start-FileTransaction | Add-FileOperation create a.txt -Content 'x' | Complete-FileTransaction
        $WhatIfPreference = $false
        $result.Status | Should -Be 'planned'
        'a.txt' | Should -Not -Exist
    }

    It 'is committed as approved, or stays open' {
        $transaction = Start-FileTransaction | Add-FileOperation create a.txt -Content 'x'
        $result = Complete-FileTransaction $transaction -ExpectPlan ('0' * 64) -ErrorVariable faults -ErrorAction SilentlyContinue
        $result.Status | Should -Be 'refused'
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'plan.changed,*'
        $transaction.State | Should -Be 'open'
        (Complete-FileTransaction $transaction -ExpectPlan $transaction.PlanSha256).Success | Should -BeTrue
    }

    It 'is asked about with -Confirm; <Answer> <Outcome>' -ForEach @(
        @{ Answer = 'yes'; Choice = 0; Outcome = 'commits it'; Exists = $true }
        @{ Answer = 'no'; Choice = 2; Outcome = 'leaves it open'; Exists = $false }
    ) {
        $answering = [AnsweringHost]::new($Choice)
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript(@"
                Import-Module -Name '$manifest'
                `$t = Start-FileTransaction -ProjectRoot '$project'
                `$t | Add-FileOperation create '$project/a.txt' -Content x | Complete-FileTransaction -Confirm
                `$t.State
                `$t.Dispose()
"@)
            $given = $shell.Invoke()
            $answering.Interface.Questions.Count | Should -Be 1
            $answering.Interface.Questions[0] | Should -Match '1 changes, plan [0-9a-f]{64}'
            $given[-1] | Should -Be ($Exists ? 'ended' : 'open')
            Test-Path -LiteralPath 'a.txt' | Should -Be $Exists
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    It 'is rolled back by Undo, not under -WhatIf' {
        $transaction = Start-FileTransaction | Add-FileOperation create a.txt -Content 'x'
        Undo-FileTransaction $transaction -WhatIf | Should -BeNullOrEmpty
        $transaction.State | Should -Be 'open'
        (Undo-FileTransaction $transaction).Success | Should -BeTrue
        $transaction.State | Should -Be 'ended'
        '.ratchet' | Should -Not -Exist
    }

    It 'cannot be undone or added to after it was kept, and the error points to the undo of the run' {
        $transaction = Start-FileTransaction | Add-FileOperation create a.txt -Content 'x'
        $null = Complete-FileTransaction $transaction -KeepBackups
        $fault = { Undo-FileTransaction $transaction } | Should -Throw -ErrorId 'transaction.state,*' -PassThru
        $fault.ErrorDetails.Message | Should -Match "undo $($transaction.Id)"
        { Add-FileOperation delete a.txt -Transaction $transaction } | Should -Throw -ErrorId 'transaction.state,*'
        'a.txt' | Should -Exist
    }

    It 'is transaction.unknown after it ended without a trace' {
        $transaction = Start-FileTransaction | Add-FileOperation create a.txt -Content 'x'
        $null = Complete-FileTransaction $transaction
        Complete-FileTransaction $transaction -ErrorVariable faults -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.unknown,*'
        $faults[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'cannot begin in <Name>: <Code>' -ForEach @(
        @{ Name = 'a folder that is missing'; Root = './no'; Code = 'io.not_found' }
        @{ Name = 'another provider'; Root = 'Env:'; Code = 'path.invalid' }
    ) {
        Start-FileTransaction -ProjectRoot $Root -ErrorVariable faults -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike "$Code,*"
    }

    It 'cannot have an id that is taken or is none' {
        $transaction = Start-FileTransaction -TransactionId 'mine'
        { Start-FileTransaction -TransactionId 'mine' } | Should -Throw -ErrorId 'transaction.state,*'
        { Start-FileTransaction -TransactionId '../x' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        $transaction.State | Should -Be 'open'
    }
}

Describe 'Get-FileTransaction' {
    BeforeEach {
        $project = New-Project
        $transaction = Start-FileTransaction -ProjectRoot $project -TransactionId 'open-one'
    }

    AfterEach {
        $transaction.Dispose()
    }

    It 'lists what is open, as a table, with the project beside it' {
        $row = Get-FileTransaction -ProjectRoot $project
        $row.Id | Should -Be 'open-one'
        $row.State | Should -Be 'open'
        $row.Holder | Should -Match "\b$PID\b"
        $row.ProjectRoot | Should -Be $project
        $row | Out-String | Should -Match '(?m)^open-one\s+open\s+False'
    }

    It 'shows one of this process with its diff' {
        $null = $transaction | Add-FileOperation create "$project/a.txt" -Content "line`n"
        $shown = Get-FileTransaction -ProjectRoot $project -TransactionId 'open-one'
        $shown | Should -BeOfType Ratchet.Results.TransactionInfo
        $shown.Operations.Path | Should -Be 'a.txt'
        $shown.Diff | Should -Match '(?m)^\+line$'
    }

    It 'gives what the pipeline needs to end it' {
        (Get-FileTransaction -ProjectRoot $project | Undo-FileTransaction).Success | Should -BeTrue
        $transaction.State | Should -Be 'ended'
        Get-FileTransaction -ProjectRoot $project | Should -BeNullOrEmpty
    }

    It 'is transaction.unknown for an id that nobody has' {
        Get-FileTransaction -ProjectRoot $project -TransactionId 'nobody' -ErrorVariable faults -ErrorAction SilentlyContinue
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.unknown,*'
    }

    It 'completes ids' {
        Push-Location -LiteralPath $project
        try {
            $line = 'Complete-FileTransaction -TransactionId op'
            $completions = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
            $completions.CompletionText | Should -Be 'open-one'
        } finally {
            Pop-Location
        }
    }
}
