BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1
}

Describe 'A run that is kept' {
    BeforeEach {
        $project = New-Project
        Push-Location -LiteralPath $project
        Set-Content -LiteralPath 'old.txt' -Value 'old' -NoNewline
        $id = (Start-FileTransaction | Add-FileOperation update old.txt -Content 'new' |
                Add-FileOperation create app/a.txt -Content 'a' | Complete-FileTransaction -KeepBackups).Id
    }

    AfterEach {
        Pop-Location
    }

    It 'is listed, the newest first' {
        $second = (Set-RatchetFileContent b.txt 'b' -KeepBackups).Result.Id
        $runs = Get-RatchetRun
        $runs.Id | Should -Be $second, $id
        $runs[1].Created | Should -Be 1
        $runs[1].Modified | Should -Be 1
        $runs[1].Undone | Should -BeFalse
        $runs[1].ProjectRoot | Should -Be $project
        ($runs | Out-String) | Should -Match "$id\s.*\+1 ~1 -0"
    }

    It 'is found by its id, also with wildcards, and run.unknown where there is none' {
        (Get-RatchetRun $id).Id | Should -Be $id
        (Get-RatchetRun "$($id.Substring(0, 5))*").Id | Should -Be $id
        Get-RatchetRun 'nothing*' | Should -BeNullOrEmpty
        Get-RatchetRun nothing -ErrorVariable faults -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'run.unknown,*'
    }

    It 'is taken back, and can be taken back only once' {
        $result = Undo-RatchetRun $id
        $result | Should -BeOfType Ratchet.Results.CommitResult
        $result.Success | Should -BeTrue
        Get-Content -LiteralPath 'old.txt' -Raw | Should -BeExactly 'old'
        'app' | Should -Not -Exist
        (Get-RatchetRun $id).Undone | Should -BeTrue
        (Undo-RatchetRun $id -ErrorVariable faults -ErrorAction SilentlyContinue).Success | Should -BeFalse
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'run.undone,*'
    }

    It 'is taken back from another folder, by the pipeline' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Get-RatchetRun -ProjectRoot $project | Undo-RatchetRun).Success | Should -BeTrue
        } finally {
            Pop-Location
        }
        Get-Content -LiteralPath 'old.txt' -Raw | Should -BeExactly 'old'
    }

    It 'is planned under -WhatIf, and nothing is written' {
        $plan = Undo-RatchetRun $id -WhatIf
        $plan.Status | Should -Be 'planned'
        $plan.Diff | Should -Match '(?m)^-new'
        Get-Content -LiteralPath 'old.txt' -Raw | Should -BeExactly 'new'
        (Get-RatchetRun $id).Undone | Should -BeFalse
        (Undo-RatchetRun $id -ExpectPlan $plan.PlanSha256).Success | Should -BeTrue
    }

    It 'is not taken back over what somebody changed since' {
        Set-Content -LiteralPath 'old.txt' -Value 'newer'
        $result = Undo-RatchetRun $id -ErrorVariable faults -ErrorAction SilentlyContinue
        $result.Success | Should -BeFalse
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'transaction.conflict,*'
        Get-Content -LiteralPath 'old.txt' | Should -Be 'newer'
        'app/a.txt' | Should -Exist
    }

    It 'completes ids' {
        $line = 'Undo-RatchetRun '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be $id
    }
}
