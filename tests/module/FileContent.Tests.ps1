BeforeAll {
    . $PSScriptRoot/BuiltModule.ps1

    function Get-Hash {
        param([string] $Path)

        (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant()
    }
}

Describe 'Set-RatchetFileContent' {
    BeforeEach {
        $project = New-Project
        Push-Location -LiteralPath $project
    }

    AfterEach {
        Pop-Location
    }

    It 'writes a file and gives its hash' {
        $result = Set-RatchetFileContent ./app/a.txt "one`n"
        $result | Should -BeOfType Ratchet.Results.WrittenFiles
        $result.Written | Should -BeTrue
        $result.files_written | Should -Be 1
        $result['files_written'] | Should -Be 1
        $result.Sha256 | Should -Be (Get-Hash 'app/a.txt')
        [System.IO.File]::ReadAllText("$project/app/a.txt") | Should -BeExactly "one`n"
        '.ratchet' | Should -Not -Exist
    }

    It 'replaces a file and keeps its mode' {
        Set-Content -LiteralPath 'run.sh' -Value 'old'
        [System.IO.File]::SetUnixFileMode("$project/run.sh", 'UserRead,UserWrite,UserExecute')
        $mode = [System.IO.File]::GetUnixFileMode("$project/run.sh")
        (Write-FileAtomic -FilePath run.sh -Content 'new').Written | Should -BeTrue
        [System.IO.File]::ReadAllText("$project/run.sh") | Should -BeExactly 'new'
        [System.IO.File]::GetUnixFileMode("$project/run.sh") | Should -Be $mode
    }

    It 'writes all of -Files in one transaction' {
        $result = Write-FilesAtomic -Files @(
            @{ path = 'a/same.txt'; content = 'first' }
            [pscustomobject]@{ Path = 'b/same.txt'; Content = 'second'; Encoding = 'utf8BOM' }
            [ordered]@{ path = '-c [1].txt'; content = '' }
        )
        $result.FilesWritten | Should -Be 3
        $result.Sha256 | Should -BeNullOrEmpty
        $result.Files.Path | Should -Be 'a/same.txt', 'b/same.txt', '-c [1].txt'
        foreach ($file in $result.Files) {
            $file.Sha256 | Should -Be (Get-Hash "$project/$($file.Path)")
            $file.Bytes | Should -Be (Get-Item -LiteralPath "$project/$($file.Path)").Length
        }
        $result.Result.Changes.Created.Count | Should -Be 3
        ($result | Out-String) | Should -Match 'a/same\.txt \(5 bytes, SHA-256'
    }

    It 'writes all that comes by the pipeline in one transaction' {
        $result = 'a', 'b' | ForEach-Object { [pscustomobject]@{ Path = "$_.txt"; Content = $_ } } | Set-RatchetFileContent
        @($result).Count | Should -Be 1
        $result.FilesWritten | Should -Be 2
    }

    It 'writes none when one cannot be written' {
        New-Item -ItemType Directory -Path 'folder' | Out-Null
        $result = Set-RatchetFileContent -ErrorVariable faults -ErrorAction SilentlyContinue -Files @(
            @{ path = 'a.txt'; content = 'x' }
            @{ path = 'folder'; content = 'x' }
        )
        $result.Written | Should -BeFalse
        $result.FilesWritten | Should -Be 0
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'io.not_a_file,*'
        'a.txt' | Should -Not -Exist
        '.ratchet' | Should -Not -Exist
    }

    It 'writes none when <Name>: <Code>' -ForEach @(
        @{ Name = 'one is of another provider'; Code = 'path.invalid'; Second = @{ path = 'Env:x'; content = 'x' } }
        @{ Name = 'one is given twice'; Code = 'batch.duplicate_path'; Second = @{ path = './a.txt'; content = 'y' } }
        @{ Name = 'one is in .git'; Code = 'path.protected'; Second = @{ path = '.git/config'; content = 'x' } }
        @{ Name = 'one is half a character'; Code = 'text.invalid_utf8'
            Second = @{ path = 'b'; content = [string][char] 0xD800 }
        }
    ) {
        $result = Set-RatchetFileContent -Files @(@{ path = 'a.txt'; content = 'x' }, $Second) -ErrorVariable faults -ErrorAction SilentlyContinue
        @($result).Where({ $_.Written }) | Should -BeNullOrEmpty
        $faults.Count | Should -Be 1
        $faults[0].FullyQualifiedErrorId | Should -BeLike "$Code,*"
        'a.txt' | Should -Not -Exist
    }

    It 'ends with <Code> for <Name>' -ForEach @(
        @{ Name = 'a row without a path'; Code = 'request.missing_key'; Row = @{ content = 'x' } }
        @{ Name = 'a row without a content'; Code = 'request.missing_key'; Row = @{ path = 'a'; content = $null } }
        @{ Name = 'a key that nobody knows'; Code = 'request.unknown_key'; Row = @{ path = 'a'; contents = 'x' } }
        @{ Name = 'an unknown encoding'; Code = 'request.constraint'
            Row = @{ path = 'a'; content = 'x'; encoding = 'utf9' }
        }
    ) {
        { Set-RatchetFileContent -Files $Row } | Should -Throw -ErrorId "$Code,*"
        Get-ChildItem -LiteralPath $project -Force | Should -BeNullOrEmpty
    }

    It 'encodes as Set-Content does: <_>' -ForEach @(
        'utf8', 'utf8NoBOM', 'utf8BOM', 'unicode', 'bigendianunicode', 'utf32', 'ascii', 'latin1'
    ) {
        $text = $_ -eq 'ascii' ? "plain`n" : "grün`n"
        Set-Content -LiteralPath 'theirs.txt' -Value $text -Encoding $_ -NoNewline
        $null = Set-RatchetFileContent ours.txt $text -Encoding $_
        Get-Hash 'ours.txt' | Should -Be (Get-Hash 'theirs.txt')
    }

    It 'plans under -WhatIf and writes nothing' {
        Set-Content -LiteralPath 'a.txt' -Value 'old'
        $result = Set-RatchetFileContent a.txt "new`n" -WhatIf
        $result.Written | Should -BeFalse
        $result.FilesWritten | Should -Be 0
        $result.Result.Diff | Should -Match '(?m)^-old\n\+new$'
        Get-Content -LiteralPath 'a.txt' | Should -Be 'old'
        '.ratchet' | Should -Not -Exist
    }

    It 'takes as root <Name>' -ForEach @(
        @{ Name = 'the nearest folder with ratchet.yaml'; Mark = 'p/ratchet.yaml'; Files = 'p/x/a.txt', 'p/y/b.txt'; Root = 'p' }
        @{ Name = 'the nearest folder with .git'; Mark = 'p/.git/HEAD'; Files = @('p/x/a.txt'); Root = 'p' }
        @{ Name = 'their common folder where there is neither'; Mark = $null; Files = 'p/x/a.txt', 'p/y/b.txt'; Root = 'p' }
        @{ Name = 'the deepest that exists'; Mark = $null; Files = 'new/x/a.txt', 'new/x/b.txt'; Root = '.' }
    ) {
        New-Item -ItemType Directory -Path 'p' | Out-Null
        if ($Mark) {
            New-Item -ItemType File -Path $Mark -Force | Out-Null
        }
        $result = $Files | ForEach-Object { [pscustomobject]@{ Path = $_; Content = 'x' } } | Set-RatchetFileContent
        $result.Written | Should -BeTrue
        $result.ProjectRoot | Should -Be (Convert-Path -LiteralPath $Root)
    }

    It 'keeps to -ProjectRoot' {
        New-Item -ItemType Directory -Path 'inner' | Out-Null
        Set-RatchetFileContent ../out.txt 'x' -ProjectRoot inner -ErrorVariable faults -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'path.outside_root,*'
        (Set-RatchetFileContent inner/a.txt 'x' -ProjectRoot inner).Files.Path | Should -Be 'a.txt'
    }

    It 'takes a path of a PSDrive' {
        $null = New-PSDrive -Name shop -PSProvider FileSystem -Root $project
        try {
            (Set-RatchetFileContent shop:/deep/a.txt 'x').Written | Should -BeTrue
        } finally {
            Remove-PSDrive -Name shop
        }
        'deep/a.txt' | Should -Exist
    }

    It 'completes names of encodings' {
        $line = 'Set-RatchetFileContent a b -Encoding utf8B'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText |
            Should -Be 'utf8BOM'
    }
}
