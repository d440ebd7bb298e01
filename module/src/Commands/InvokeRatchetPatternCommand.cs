using System;
using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Runs an instance of a pattern, whole or not at all.</summary>
/// <remarks>
/// -WhatIf is the engine's dry run. -Confirm makes the plan first, asks, and runs with `expect_plan`, so
/// that what was approved is what is done.
/// </remarks>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "RatchetPattern",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Invoke-BatchCreate")]
[OutputType(typeof(RunResult))]
public sealed class InvokeRatchetPatternCommand : RatchetCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InstanceSet = "Instance";
    private const string Operation = "pattern.run";

    private string patternName = string.Empty;
    private string? outputFile;

    /// <summary>Gets or sets the pattern. An alias that fixes it leaves this place to the instance.</summary>
    [Parameter(Position = 0)]
    [RequestField(Operation, "pattern")]
    [ArgumentCompleter(typeof(PatternNameCompleter))]
    public string? Pattern { get; set; }

    /// <summary>Gets or sets instance files, with wildcards.</summary>
    [Parameter(
        Position = 1,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        HelpMessage = "Instance files, JSON or YAML, each a run of its own; wildcards are allowed.")]
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
    [Parameter(
        Mandatory = true,
        ParameterSetName = InstanceSet,
        HelpMessage = "The instance: a hashtable or an object. A relative project_root is taken from $PWD.")]
    [ValidateNotNull]
    public object? Instance { get; set; }

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter]
    [RequestField(Operation, "project_root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets whether to plan only.</summary>
    [Parameter]
    [RequestField(Operation, "dry_run")]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Gets or sets the plan that was approved.</summary>
    [Parameter]
    [RequestField(Operation, "expect_plan")]
    [ValidatePattern("^[0-9a-fA-F]{64}$")]
    public string? ExpectPlan { get; set; }

    /// <summary>Gets or sets what survives a loss of power.</summary>
    [Parameter]
    [RequestField(Operation, "durability")]
    [ValidateSet("none", "batch", "full")]
    public string? Durability { get; set; }

    /// <summary>Gets or sets whether the compilers are left out.</summary>
    [Parameter(HelpMessage = "Does not have the languages' compilers judge each file.")]
    public SwitchParameter SkipSyntax { get; set; }

    /// <summary>Gets or sets the file for the result.</summary>
    [Parameter(HelpMessage = "Writes the result's JSON to this file too; an existing one is replaced.")]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        patternName = FixedPattern() ?? Pattern ?? string.Empty;
        Try(patternName, () =>
        {
            if (patternName.Length == 0)
            {
                throw new RatchetException(
                    "request.missing_key", "invalid_argument", "no pattern is named; Get-RatchetPattern lists them");
            }
        });
        if (OutputPath is not null)
        {
            CheckOutputPath(OutputPath);
        }
    }

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
                Try(Instance, () => RunOne(null));
                break;
        }
    }

    /// <summary>
    /// The pattern that the alias in use stands for. Its first positional argument is then the instance.
    /// </summary>
    private string? FixedPattern()
    {
        string name = MyInvocation.InvocationName;
        string alias = name[(name.LastIndexOf('\\') + 1)..];
        if (!alias.Equals("Invoke-BatchCreate", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (Pattern is not null && InstancePath.Length == 0 && ParameterSetName == PathSet)
        {
            InstancePath = [Pattern];
        }

        return "batch_create";
    }

    private void CheckOutputPath(string path)
    {
        try
        {
            outputFile = Resolve(path);
            ResultFile.Check(outputFile);
        }
        catch (RatchetException fault)
        {
            // Wrong for every instance alike, and known before the first one is touched.
            ThrowTerminatingError(ErrorRecords.Of(fault, path));
        }
    }

    private void Each(string[] paths, Func<string, IEnumerable<string>> resolve)
    {
        if (paths.Length == 0)
        {
            Try(patternName, () => throw new RatchetException(
                "request.missing_key", "invalid_argument", "no instance is given; name a file with -InstancePath"));
        }

        foreach (string path in paths)
        {
            IEnumerable<string> files = [];
            Try(path, () => files = resolve(path));
            foreach (string file in files)
            {
                Try(file, () => RunOne(file));
            }
        }
    }

    private void RunOne(string? file)
    {
        string target = file ?? "the given instance";
        if (DryRun)
        {
            Finish(Call(file, isDryRun: true, ExpectPlan), target);
            return;
        }

        var approval = new Approval(this);
        RunResult? run = approval.Run(
            target,
            $"Run {patternName}",
            ExpectPlan,
            (isDryRun, plan) => Call(file, isDryRun, plan),
            () => IsStopping);
        if (run is not null)
        {
            Finish(run, target);
        }
    }

    private RunResult Call(string? file, bool isDryRun, string? expectPlan)
    {
        using var request = new RequestWriter();
        request.Begin().Add("pattern", patternName);
        request.Add("instance", file is null ? Instance : null).Add("instance_path", file);
        request.Add("base_folder", file is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : null);
        request.Add("project_root", ProjectRoot is null ? null : Resolve(ProjectRoot));
        request.Add("dry_run", isDryRun ? true : null).Add("expect_plan", expectPlan);
        request.Add("durability", Durability).Add("validate_syntax", SkipSyntax ? false : null);
        return (RunResult)Run(Operation, request.End(), $"Running {patternName}");
    }

    /// <summary>The result first, then what was wrong.</summary>
    private void Finish(RunResult result, string target)
    {
        if (IsStopping)
        {
            return;
        }

        if (outputFile is not null && ShouldProcessOutput(outputFile))
        {
            Try(outputFile, () => ResultFile.Write(outputFile, result));
        }

        WriteObject(result);
        foreach (Error error in result.Errors)
        {
            WriteError(ErrorRecords.Of(error, target));
        }
    }

    /// <summary>Under -WhatIf this says so and writes nothing; the run itself was the one to confirm.</summary>
    private bool ShouldProcessOutput(string path) =>
        !new Approval(this).IsWhatIf || ShouldProcess(path, "Write the result");
}
