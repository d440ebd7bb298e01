# Parses texts and runs none: frames in, one answer a line out (see framed_answers.h).
# A frame's kind is `powershell`, `csharp` or `csharp_script`; C# is read by the compiler that
# PowerShell carries for Add-Type.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# What a text asks to be imported is not looked up.
$env:PSModulePath = ''

# Said of names that are not known here: no faults of the syntax.
$unresolved = [System.Collections.Generic.HashSet[string]]::new(
    [string[]] @(
        'ModuleNotFoundDuringParse', 'TypeNotFound', 'CustomAttributeTypeNotFound',
        'ErrorLoadingAssembly'))
# The parser asks a module of the machine's what a `configuration` may hold, and it is not there.
$keywordsMissing = 'ParserError'
$longestMessage = 300
$mostFaults = 10

function ConvertTo-Quoted {
    param([string] $Text)
    $words = [regex]::Replace($Text, '\s+', ' ').Trim()
    $words = $words.Substring(0, [Math]::Min($words.Length, $longestMessage))
    $escaped = [regex]::Replace($words, '[^ !#-\[\]-~]', {
            param($match)
            '\u{0:x4}' -f [int] [char] $match.Value
        })
    '"' + $escaped + '"'
}

function Get-PowerShellFault {
    param([string] $Text)
    # A `using module` or `using assembly` becomes a comment of the same length: what it names may
    # be code, which is not to be loaded.
    $quiet = [regex]::Replace($Text, '(?im)(^|;)([ \t]*)u(?=sing[ \t]+(module|assembly)\b)', '$1$2#')
    $tokens = $null
    $errors = $null
    [void] [System.Management.Automation.Language.Parser]::ParseInput(
        $quiet, [ref] $tokens, [ref] $errors)
    foreach ($fault in $errors) {
        if ($unresolved.Contains($fault.ErrorId)) { continue }
        if ($fault.ErrorId -eq $keywordsMissing) { throw 'the keywords of DSC are not installed' }
        $extent = $fault.Extent
        '[{0},{1},{2},{3},{4}]' -f @(
            (ConvertTo-Quoted $fault.Message), $extent.StartLineNumber, $extent.StartColumnNumber,
            $extent.EndLineNumber, $extent.EndColumnNumber)
    }
}

function Get-CSharpFault {
    param([string] $Text, [string] $Kind)
    $source = [Microsoft.CodeAnalysis.SourceCodeKind]::Regular
    if ($Kind -eq 'csharp_script') { $source = [Microsoft.CodeAnalysis.SourceCodeKind]::Script }
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpParseOptions]::new(
        [Microsoft.CodeAnalysis.CSharp.LanguageVersion]::Preview,
        [Microsoft.CodeAnalysis.DocumentationMode]::None, $source, [string[]] @())
    $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($Text, $options)
    foreach ($said in $tree.GetDiagnostics()) {
        # CS1029 is an #error of the author's own.
        if ([string] $said.Severity -ne 'Error' -or $said.Id -eq 'CS1029') { continue }
        $span = $said.Location.GetLineSpan()
        $from = $span.StartLinePosition
        $to = $span.EndLinePosition
        '[{0},{1},{2},{3},{4}]' -f @(
            (ConvertTo-Quoted ('{0}: {1}' -f $said.Id, $said.GetMessage(
                        [cultureinfo]::InvariantCulture))),
            ($from.Line + 1), ($from.Character + 1), ($to.Line + 1), ($to.Character + 1))
    }
}

function Get-Answer {
    param([string] $Text, [string] $Kind)
    try {
        $faults = @(
            if ($Kind -eq 'powershell') { Get-PowerShellFault -Text $Text }
            else { Get-CSharpFault -Text $Text -Kind $Kind })
        if ($faults.Count -eq 0) { return 'true' }
        '[' + (($faults | Select-Object -First $mostFaults) -join ',') + ']'
    } catch {
        ConvertTo-Quoted "$($_.Exception.GetType().Name) in the parser: $($_.Exception.Message)"
    }
}

$utf8 = [System.Text.UTF8Encoding]::new($false)
$memory = [System.IO.MemoryStream]::new()
[Console]::OpenStandardInput().CopyTo($memory)
$bytes = $memory.GetBuffer()
$length = [int] $memory.Length
$out = [System.IO.StreamWriter]::new([Console]::OpenStandardOutput(), $utf8)
$out.NewLine = "`n"
$at = 0
while ($at -lt $length) {
    $end = [Array]::IndexOf($bytes, [byte] 10, $at)
    $size, $kind = $utf8.GetString($bytes, $at, $end - $at).Split(' ')
    $text = $utf8.GetString($bytes, $end + 1, [int] $size)
    $at = $end + 1 + [int] $size
    $out.WriteLine((Get-Answer -Text $text -Kind $kind))
    $out.Flush()
}
