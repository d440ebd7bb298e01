using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Looks through JSON Schemas for faults and for what says nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "RatchetSchema", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SchemaVerdict), typeof(bool))]
public sealed class TestRatchetSchemaCommand : VerdictCommand
{
    private const string SchemaSet = "Schema";
    private const string Operation = "validate.schema";

    /// <summary>Gets or sets files of schemas, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        HelpMessage = "Schemas, JSON or YAML; wildcards are allowed.")]
    [Alias("FilePath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets files of schemas, taken as they are written.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Schemas, JSON or YAML; no character has a meaning of its own.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets the schema itself.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = SchemaSet,
        HelpMessage = "The schema: its text in JSON or YAML, a hashtable or an object.")]
    [ValidateNotNull]
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                EachFile(Path, Check);
                break;
            case LiteralPathSet:
                EachFile(LiteralPath, Check);
                break;
            default:
                Check(null);
                break;
        }
    }

    private void Check(string? path) => Try((object?)path ?? Schema, () =>
    {
        using var request = new RequestWriter();
        request.Begin().Add("schema_path", path);
        if (path is null)
        {
            request.Add(Plain(Schema) is string ? "schema_text" : "schema", Schema);
        }

        request.Add("references", ResolveReferences(Reference)).Add("draft", Draft?.ToLowerInvariant());
        var verdict = (SchemaVerdict)Run(Operation, request.End(), "Looking through schemas");
        verdict.Path = path;
        WriteVerdict(verdict, verdict.Valid, verdict.Warnings);
    });
}
