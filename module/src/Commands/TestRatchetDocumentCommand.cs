using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Judges documents by a JSON Schema.</summary>
/// <remarks>All files that come by the pipeline are one request, in which the schema is compiled once.</remarks>
[Cmdlet(VerbsDiagnostic.Test, "RatchetDocument", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CheckedDocument), typeof(bool))]
public sealed class TestRatchetDocumentCommand : VerdictCommand
{
    private const string DocumentSet = "Document";
    private const string Operation = "validate.document";

    private readonly List<string> files = [];

    /// <summary>Gets or sets files, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Documents: JSON, YAML or TOML; wildcards are allowed.")]
    [Alias("FilePath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets files, taken as they are written.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Documents: JSON, YAML or TOML; no character has a meaning of its own.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets the document itself.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = DocumentSet,
        ValueFromPipeline = true,
        HelpMessage = "The document: its text in JSON, YAML or TOML, a hashtable or an object.")]
    [AllowNull]
    public object? Document { get; set; }

    /// <summary>Gets or sets the schema.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "The schema: a file in JSON, YAML or TOML, its text in JSON, a hashtable or an object.")]
    [ValidateNotNullOrEmpty]
    public object? Schema { get; set; }

    /// <summary>Gets or sets schemas that it refers to.</summary>
    [Parameter(HelpMessage = "Schemas that it refers to by their $id, with wildcards; a file beside it is found without.")]
    [Alias("References")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Reference { get; set; }

    /// <summary>Gets or sets the draft.</summary>
    [Parameter]
    [RequestField(Operation, "draft")]
    [ValidateSet("draft-07", "2020-12")]
    public string? Draft { get; set; }

    /// <summary>Gets or sets the language of the documents.</summary>
    [Parameter]
    [RequestField(Operation, "language")]
    [ValidateSet("json", "jsonc", "yaml", "toml")]
    public string? Language { get; set; }

    /// <summary>Gets or sets whether formats are asserted.</summary>
    [Parameter]
    [RequestField(Operation, "check_formats")]
    public SwitchParameter Format { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                EachFile(Path, files.Add);
                break;
            case LiteralPathSet:
                EachFile(LiteralPath, files.Add);
                break;
            case DocumentSet when Plain(Document) is FileSystemInfo file:
                files.Add(file.FullName);
                break;
            default:
                Check(null);
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (files.Count > 0)
        {
            Check(files);
        }
    }

    /// <summary>Judges files, or the document that was given.</summary>
    private void Check(List<string>? paths) => Try(Schema, () =>
    {
        using var request = new RequestWriter();
        request.Begin().Add("paths", paths);
        if (paths is null)
        {
            AddDocument(request);
        }

        AddSchema(request, Schema);
        request.Add("references", ResolveReferences(Reference)).Add("draft", Draft?.ToLowerInvariant());
        request.Add("language", Language?.ToLowerInvariant()).Add("check_formats", Format ? true : null);
        Write((DocumentResult)Run(Operation, request.End(), "Judging documents"));
    });

    private void AddDocument(RequestWriter request)
    {
        object? plain = Plain(Document);
        if (plain is string or null)
        {
            // In a request, null is what is not there.
            request.Add("document_text", plain ?? "null");
        }
        else
        {
            request.Add("document", Document);
        }
    }

    /// <summary>One verdict for each document; an error for each that could not be judged.</summary>
    private void Write(DocumentResult result)
    {
        HashSet<string> faults = ReportAll(result.Errors);
        foreach (CheckedDocument document in result.Files)
        {
            if (!faults.Contains(document.Path))
            {
                WriteVerdict(document, document.Valid, []);
            }
        }
    }
}
