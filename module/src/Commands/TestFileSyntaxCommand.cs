using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Says of files whether they are well-formed in their languages.</summary>
/// <remarks>All that comes by the pipeline is judged together; PowerShell files by the session's own parser.</remarks>
[Cmdlet(VerbsDiagnostic.Test, "FileSyntax", DefaultParameterSetName = PathSet)]
[Alias("Validate-FileSyntax")]
[OutputType(typeof(FileSyntax), typeof(bool))]
public sealed class TestFileSyntaxCommand : VerdictCommand
{
    private const string Operation = "validate.syntax";
    private const string Auto = "auto";

    /// <summary>What is known here without a child.</summary>
    private const string HostLanguage = "powershell";

    /// <summary>As many texts as one child of a compiler takes; more would only wait in memory.</summary>
    private const int MostFilesAtOnce = 1000;

    private readonly List<string> files = [];

    /// <summary>Gets or sets files, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Files to judge; wildcards are allowed.")]
    [Alias("FilePath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets files, taken as they are written.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Files to judge; no character has a meaning of its own.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets the language.</summary>
    [Parameter(
        Position = 1,
        HelpMessage = "Of all files; auto, which is the default, tells it from name, extension, #! line and text.")]
    [ArgumentCompleter(typeof(LanguageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Language { get; set; } = Auto;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        EachFile(ParameterSetName == PathSet ? Path : LiteralPath, file =>
        {
            files.Add(file);
            if (files.Count == MostFilesAtOnce)
            {
                JudgeAll();
            }
        });

    /// <inheritdoc/>
    private protected override void Finish() => JudgeAll();

    private void JudgeAll()
    {
        if (files.Count > 0 && !IsStopping)
        {
            Try(null, () =>
            {
                SyntaxResult result = Judge(files, new[] { HostLanguage }, null);
                HashSet<string> faults = ReportAll(result.Errors);
                foreach (FileSyntax file in WithHostAnswers(result.Files))
                {
                    if (!faults.Contains(file.Path))
                    {
                        WriteVerdict(file, file.Valid, file.Warnings);
                    }
                }
            });
        }

        files.Clear();
    }

    /// <summary>The same verdicts; those of PowerShell files as the parser here says.</summary>
    private IReadOnlyList<FileSyntax> WithHostAnswers(IReadOnlyList<FileSyntax> judged)
    {
        var paths = new List<string>();
        var answers = new List<OrderedDictionary>();
        foreach (FileSyntax file in judged)
        {
            if (file.Language == HostLanguage)
            {
                paths.Add(file.Path);
                if (PowerShellJudge.Answer(file.Path) is { } answer)
                {
                    answers.Add(answer);
                }
            }
        }

        if (paths.Count == 0)
        {
            return judged;
        }

        IReadOnlyList<FileSyntax> answered = Judge(paths, null, answers).Files;
        var all = new FileSyntax[judged.Count];
        int next = 0;
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = judged[i].Language == HostLanguage ? answered[next++] : judged[i];
        }

        return all;
    }

    private SyntaxResult Judge(
        List<string> paths, string[]? hostJudges, List<OrderedDictionary>? hostAnswers)
    {
        bool isTold = Language.Equals(Auto, StringComparison.OrdinalIgnoreCase);
        using var request = new RequestWriter();
        request.Begin().Add("paths", paths).Add("language", isTold ? null : Language);
        request.Add("host_judges", hostJudges).Add("host_answers", hostAnswers);
        return (SyntaxResult)Run(Operation, request.End(), "Judging files");
    }
}
