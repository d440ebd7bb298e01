using System;
using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Checks an instance against the schema of its pattern.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternInstance", DefaultParameterSetName = PathSet)]
[Alias("Validate-PatternInstance")]
[OutputType(typeof(InstanceVerdict), typeof(bool))]
public sealed class TestPatternInstanceCommand : RatchetCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
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

    /// <summary>Gets or sets whether only the verdict is wanted.</summary>
    [Parameter(HelpMessage = "Gives one [bool]; false also for what could not be checked, with a warning.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                Each(InstancePath, ResolveWildcards);
                break;
            case LiteralPathSet:
                Each(LiteralPath, path => [Resolve(path)]);
                break;
            default:
                Check(null);
                break;
        }
    }

    private void Each(string[] paths, Func<string, IEnumerable<string>> resolve)
    {
        foreach (string path in paths)
        {
            IEnumerable<string> files = [];
            Try(path, () => files = resolve(path));
            foreach (string file in files)
            {
                Check(file);
            }
        }
    }

    private void Check(string? path) => Try((object?)path ?? Instance, () =>
    {
        using var request = new RequestWriter();
        request.Begin();
        request.Add("instance", path is null ? Instance : null).Add("instance_path", path);
        request.Add("pattern_id", PatternId).Add("required_fields", RequiredFields);
        var verdict = (InstanceVerdict)Run("validate.instance", request.End(), "Checking instances");
        WriteObject(Quiet ? verdict.Valid : verdict);
    });

    private protected override void Report(RatchetException fault, object? target)
    {
        if (!Quiet)
        {
            base.Report(fault, target);
            return;
        }

        WriteWarning($"could not check: {fault.Message}");
        WriteObject(false);
    }
}
