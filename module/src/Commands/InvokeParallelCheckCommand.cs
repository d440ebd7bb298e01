using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Runs checks at once and says whether all holds.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ParallelCheck", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Invoke-ParallelChecks")]
[OutputType(typeof(ParallelCheckResult))]
public sealed class InvokeParallelCheckCommand : ParallelCommand
{
    private const string Operation = "parallel.check";

    private readonly List<object?> collected = [];

    /// <summary>Gets or sets what must hold.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "What must hold: tables or objects with id, check and severity. All that is piped is one run.")]
    [AllowEmptyCollection]
    public object? Checks { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => collected.AddRange(ActionReader.Each(Checks));

    /// <inheritdoc/>
    protected override void EndProcessing() => Try(null, () =>
    {
        string location = Location();
        var reader = new ActionReader(this, Resolve, location);
        var checks = new List<ParallelAction>(collected.Count);
        foreach (object? each in collected)
        {
            checks.Add(reader.Check(each, checks.Count + 1));
        }

        if (!ShouldProcess($"{checks.Count} checks in {location}", "Run"))
        {
            return;
        }

        using Blocks blocks = BlocksOf(checks);
        if (RunAll(Operation, "checks", checks, location, blocks) is ParallelCheckResult result)
        {
            foreach (CheckRecord check in result.Checks)
            {
                Keep(check.Outcome, blocks);
            }

            WriteObject(result);
            WriteErrors(result.Errors, result.ErrorsLeftOut, blocks);
        }
    });
}
