using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Writes the contents of files, of all of them or of none.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "RatchetFileContent",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Write-FileAtomic", "Write-FilesAtomic")]
[OutputType(typeof(WrittenFiles))]
public sealed class SetRatchetFileContentCommand : RatchetCommand
{
    private const string PathSet = "Path";
    private const string FilesSet = "Files";
    private const string Operation = "transaction.apply";

    private readonly FilesToWrite files = new();
    private bool isWhole = true;

    /// <summary>Gets or sets the file.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The file; no character has a meaning of its own. Folders on the way are made.")]
    [Alias("FilePath", "LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the content.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ParameterSetName = PathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The file's text, written as it is given: no line end is added.")]
    [Alias("Value")]
    [AllowEmptyString]
    public string Content { get; set; } = string.Empty;

    /// <summary>Gets or sets many files.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = FilesSet,
        HelpMessage = "Hashtables or objects with path, content and, if need be, encoding.")]
    [ValidateNotNullOrEmpty]
    public object[] Files { get; set; } = [];

    /// <summary>Gets or sets the encoding.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "utf8 without a mark when absent. utf8BOM, unicode, bigendianunicode and utf32 have one.")]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNullOrEmpty]
    public string Encoding { get; set; } = ContentEncoding.Default;

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        HelpMessage = "The folder that all files must be in. When absent the nearest one above all of them that has a "
            + "ratchet.yaml or a .git; else their common folder.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets whether it can be taken back later.</summary>
    [Parameter(HelpMessage = "Keeps what Undo-RatchetRun needs to take it back later.")]
    public SwitchParameter KeepBackups { get; set; }

    /// <summary>Gets or sets what survives a loss of power.</summary>
    [Parameter]
    [RequestField(Operation, "durability")]
    [ValidateSet("none", "batch", "full")]
    public string? Durability { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            isWhole &= Try(Path, () => files.Add(Resolve(Path), Content, Encoding));
            return;
        }

        foreach (object row in Files)
        {
            isWhole &= Try(row, () => Add(row));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // All or none: what was wrong with one has been told.
        if (isWhole && files.Count > 0)
        {
            Try(ProjectRoot, WriteAll);
        }
    }

    private static RatchetException BadRow(string code, string fault) =>
        new(code, "invalid_argument", $"a row of -Files {fault}; it takes path, content and encoding");

    private void WriteAll()
    {
        string root = ProjectRoot is null ? files.CommonProject() : Resolve(ProjectRoot);
        var folder = new ProjectFolder(root);
        IReadOnlyList<WrittenFile> described = files.Describe(folder);
        CommitResult? result = new Approval(this).Run(
            described.Count == 1 ? described[0].Path : $"{described.Count} files in {root}",
            "Write",
            null,
            (isDryRun, plan) => Apply(folder, root, isDryRun, plan),
            () => IsStopping);
        if (result is not null)
        {
            WriteResult(new WrittenFiles(root, described, result), result.Errors, root);
        }
    }

    private CommitResult Apply(ProjectFolder folder, string root, bool isDryRun, string? expectPlan)
    {
        using var request = new RequestWriter();
        request.Begin().Add("project_root", root).Add("operations", files.Requests(folder));
        request.Add("dry_run", isDryRun ? true : null).Add("expect_plan", expectPlan);
        request.Add("keep_backups", KeepBackups ? true : null);
        request.Add("durability", Durability?.ToLowerInvariant());
        return (CommitResult)Run(Operation, request.End(), "Writing files");
    }

    private void Add(object row)
    {
        string? path = null;
        string? content = null;
        string encoding = Encoding;
        foreach ((string name, object? value) in Members(row))
        {
            string? text = value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
            switch (name.ToUpperInvariant())
            {
                case "PATH":
                    path = text;
                    break;
                case "CONTENT":
                    content = text;
                    break;
                case "ENCODING":
                    encoding = string.IsNullOrEmpty(text) ? encoding : text;
                    break;
                default:
                    throw BadRow("request.unknown_key", $"has \"{name}\"");
            }
        }

        if (string.IsNullOrEmpty(path) || content is null)
        {
            throw BadRow("request.missing_key", $"has no {(string.IsNullOrEmpty(path) ? "path" : "content")}");
        }

        files.Add(Resolve(path), content, encoding);
    }

    private static IEnumerable<(string Name, object? Value)> Members(object row)
    {
        if ((row is PSObject wrapped ? wrapped.BaseObject : row) is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                yield return (entry.Key.ToString() ?? string.Empty, entry.Value);
            }

            yield break;
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(row).Properties)
        {
            yield return (property.Name, property.Value);
        }
    }
}
