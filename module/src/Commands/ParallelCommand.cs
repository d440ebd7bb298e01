using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>
/// What the cmdlets that run many actions do alike. What comes by the pipeline is one run; the engine
/// schedules it, and the script blocks of it are done here.
/// </summary>
public abstract class ParallelCommand : EngineCommand
{
    /// <summary>The operation whose fields are the parameters here; parallel.check has the same.</summary>
    private const string Fields = "parallel.run";

    /// <summary>Gets or sets how many run at once.</summary>
    [Parameter]
    [RequestField(Fields, "throttle_limit")]
    [Alias("MaxParallel")]
    [ValidateRange(0, 4096)]
    public int ThrottleLimit { get; set; }

    /// <summary>Gets or sets the limit of each attempt.</summary>
    [Parameter]
    [RequestField(Fields, "timeout_seconds")]
    [Alias("Timeout")]
    public double? TimeoutSeconds { get; set; }

    /// <summary>Gets or sets the limit of all together.</summary>
    [Parameter]
    [RequestField(Fields, "total_timeout_seconds")]
    public double? TotalTimeoutSeconds { get; set; }

    /// <summary>Gets or sets the time between asking to end and ending.</summary>
    [Parameter(
        HelpMessage = "Between asking a process to end and killing it, or a script block to stop and leaving it behind; 2 when absent.")]
    public double? GraceSeconds { get; set; }

    /// <summary>Gets or sets when an action is called slow.</summary>
    [Parameter]
    [RequestField(Fields, "slow_after_seconds")]
    public double? SlowAfterSeconds { get; set; }

    /// <summary>Gets or sets whether the first failure ends the run.</summary>
    [Parameter]
    [RequestField(Fields, "fail_fast")]
    public SwitchParameter FailFast { get; set; }

    /// <summary>Gets or sets how often is tried again.</summary>
    [Parameter]
    [RequestField(Fields, "retries")]
    [ValidateRange(0, 1000)]
    public int Retries { get; set; }

    /// <summary>Gets or sets the first wait before another try.</summary>
    [Parameter]
    [RequestField(Fields, "retry_seconds")]
    public double? RetrySeconds { get; set; }

    /// <summary>Gets or sets how that wait grows.</summary>
    [Parameter]
    [RequestField(Fields, "backoff")]
    [ValidateSet("exponential", "fixed")]
    public string? Backoff { get; set; }

    /// <summary>Gets or sets the sizes of pools.</summary>
    [Parameter]
    [RequestField(Fields, "pools")]
    public IDictionary? Pools { get; set; }

    /// <summary>Gets or sets where everything runs that says nothing else.</summary>
    [Parameter(HelpMessage = "Where actions run that say nothing else; the current location when absent.")]
    [Alias("WorkingDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Cwd { get; set; }

    /// <summary>Gets or sets what happens to output.</summary>
    [Parameter]
    [RequestField(Fields, "output")]
    [ValidateSet("capture", "inherit", "discard")]
    public string? Output { get; set; }

    /// <summary>Gets or sets the folder for output that outgrows memory.</summary>
    [Parameter(HelpMessage = "Output that outgrows its limit in memory is written to files in this folder whole.")]
    [ValidateNotNullOrEmpty]
    public string? SpillFolder { get; set; }

    /// <summary>Gets or sets whether progress is shown.</summary>
    [Parameter(
        HelpMessage = "Accepted for old scripts: $ProgressPreference decides. -ShowProgress:$false shows none.")]
    public SwitchParameter ShowProgress { get; set; } = true;

    /// <summary>Runs all; null where the pipeline was stopped meanwhile.</summary>
    /// <exception cref="RatchetException">The run was refused.</exception>
    private protected ResultObject? RunAll(
        string operation, string listKey, IReadOnlyList<ParallelAction> actions, string location, Blocks blocks)
    {
        var observer = new ParallelObserver(
            this, blocks.Streams, $"Running {listKey}", IsOn("Verbose"), ShowProgress);
        var times = new JobTimes();
        if (GraceSeconds is { } grace)
        {
            // The engine refuses what is none.
            times = times with { Grace = TimeSpan.FromSeconds(Math.Clamp(grace, 0, int.MaxValue)) };
        }

        HostedOutcome outcome = HostedJob.Run(
            Engine, operation, Request(listKey, actions, location), blocks.Lanes, observer, times, StopToken);
        if (IsStopping)
        {
            return null;
        }

        observer.Finish();
        foreach (string name in outcome.LeftBehind)
        {
            WriteWarning(
                $"action \"{name}\" did not stop within its grace period; its script block goes on in the background");
        }

        return ResultFactory.Create(operation, JsonReading.Parse(outcome.Json));
    }

    /// <summary>A refusal names its action as the target, as every other error here does.</summary>
    private protected override void Report(RatchetException fault, object? target) =>
        base.Report(fault, fault.Error.Details?["action"] ?? target);

    /// <summary>Where actions run that say nothing else.</summary>
    private protected string Location() =>
        Cwd is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : Resolve(Cwd);

    /// <summary>What is done here: lanes for the script blocks among the actions.</summary>
    private protected Blocks BlocksOf(IReadOnlyList<ParallelAction> actions)
    {
        var blocks = new Dictionary<string, ScriptWork>(StringComparer.Ordinal);
        foreach (ParallelAction action in actions)
        {
            if (action.Block is not null)
            {
                // Of two of one name either: the engine refuses such a run before anything starts.
                blocks[action.Name] = action.Block;
            }
        }

        var streams = new BlockStreams();
        return new Blocks(streams, new BlockLanes(blocks, StateOfBlocks, streams));
    }

    /// <summary>Adds to a record what its block left here.</summary>
    private protected static void Keep(ActionRecord record, Blocks blocks)
    {
        if (blocks.Lanes.ResultOf(record.Name) is { } result)
        {
            record.Keep(result.Output, result.ErrorRecords);
        }
    }

    /// <summary>One record for each error, with the action's name as its target.</summary>
    private protected void WriteErrors(IReadOnlyList<Error> errors, long leftOut, Blocks blocks)
    {
        foreach (Error error in errors)
        {
            string name = error.Details?["action"] as string ?? string.Empty;
            WriteError(ErrorRecords.OfAction(error, name, blocks.Lanes.ResultOf(name)?.Fault));
        }

        if (leftOut > 0)
        {
            WriteWarning($"{leftOut} more actions failed; their results say why");
        }
    }

    private byte[] Request(string listKey, IReadOnlyList<ParallelAction> actions, string location)
    {
        var list = new OrderedDictionary[actions.Count];
        for (int i = 0; i < list.Length; ++i)
        {
            list[i] = actions[i].Request;
        }

        using var request = new RequestWriter();
        request.Begin().Add(listKey, list).Add("cwd", location);
        request.Add("throttle_limit", ThrottleLimit == 0 ? null : ThrottleLimit);
        request.Add("timeout_seconds", TimeoutSeconds).Add("total_timeout_seconds", TotalTimeoutSeconds);
        request.Add("grace_seconds", GraceSeconds).Add("slow_after_seconds", SlowAfterSeconds);
        request.Add("fail_fast", FailFast ? true : null).Add("retries", Retries == 0 ? null : Retries);
        request.Add("retry_seconds", RetrySeconds).Add("backoff", Backoff?.ToLowerInvariant());
        request.Add("pools", Pools).Add("output", Output?.ToLowerInvariant());
        request.Add("spill_folder", SpillFolder is null ? null : Resolve(SpillFolder));
        return request.End();
    }

    /// <summary>A new session as pwsh begins it, that tells as much as this one and may do no more.</summary>
    private InitialSessionState StateOfBlocks()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.LanguageMode = SessionState.LanguageMode;
        foreach (string stream in new[] { "Verbose", "Debug" })
        {
            if (IsOn(stream))
            {
                state.Variables.Add(new SessionStateVariableEntry(
                    stream + "Preference", ActionPreference.Continue, string.Empty));
            }
        }

        return state;
    }

    /// <summary>Whether a stream that is silent by itself was asked for.</summary>
    private bool IsOn(string stream)
    {
        if (MyInvocation.BoundParameters.TryGetValue(stream, out object? given))
        {
            return given is SwitchParameter { IsPresent: true };
        }

        object preference = GetVariableValue(stream + "Preference", ActionPreference.SilentlyContinue);
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference wanted)
            && wanted is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>The script blocks of a run and what they write.</summary>
    private protected sealed record Blocks(BlockStreams Streams, BlockLanes Lanes) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Lanes.Dispose();
    }
}
