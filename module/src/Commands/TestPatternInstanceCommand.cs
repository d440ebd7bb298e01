using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Checks an instance against the schema of its pattern.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternInstance", DefaultParameterSetName = PathSet)]
[Alias("Validate-PatternInstance")]
[OutputType(typeof(InstanceVerdict), typeof(bool))]
public sealed class TestPatternInstanceCommand : VerdictCommand
{
    private const string InstanceSet = "Instance";

    /// <summary>Gets or sets instance files, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        HelpMessage = "Instance files, JSON or YAML; wildcards are allowed.")]
    [Alias("InstanceFile", "Path", "FilePath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] InstancePath { get; set; } = [];

    /// <summary>Gets or sets instance files, taken as they are written.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Instance files, JSON or YAML; no character has a meaning of its own.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets the instance itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InstanceSet, HelpMessage = "The instance: a hashtable or an object.")]
    [ValidateNotNull]
    public object? Instance { get; set; }

    /// <summary>Gets or sets keys that must be there.</summary>
    [Parameter(Position = 1)]
    [RequestField("validate.instance", "required_fields")]
    public string[]? RequiredFields { get; set; }

    /// <summary>Gets or sets the pattern.</summary>
    [Parameter]
    [RequestField("validate.instance", "pattern_id")]
    [ArgumentCompleter(typeof(PatternNameCompleter))]
    public string? PatternId { get; set; }

    /// <summary>Gets or sets a schema of the caller's own.</summary>
    [Parameter(
        HelpMessage = "Holds the instance against this schema, a file or an object, instead of its pattern's.")]
    [ValidateNotNullOrEmpty]
    public object? Schema { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                EachFile(InstancePath, Check);
                break;
            case LiteralPathSet:
                EachFile(LiteralPath, Check);
                break;
            default:
                Check(null);
                break;
        }
    }

    private void Check(string? path) => Try((object?)path ?? Instance, () =>
    {
        using var request = new RequestWriter();
        request.Begin();
        request.Add("instance", path is null ? Instance : null).Add("instance_path", path);
        request.Add("pattern_id", PatternId).Add("required_fields", RequiredFields);
        AddSchema(request, Schema);
        var verdict = (InstanceVerdict)Run("validate.instance", request.End(), "Checking instances");
        verdict.Path = path;
        WriteVerdict(verdict, verdict.Valid, verdict.Warnings);
    });
}
