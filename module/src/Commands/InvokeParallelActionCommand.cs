using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Runs commands, operations and script blocks at once.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ParallelAction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Invoke-ParallelActions")]
[OutputType(typeof(ActionRecord))]
public sealed class InvokeParallelActionCommand : ParallelCommand
{
    private const string Operation = "parallel.run";

    private readonly List<object?> collected = [];

    /// <summary>Gets or sets what to do.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "What to do: tables or objects, script blocks, commands as lists of texts. All that is piped is one run.")]
    [AllowEmptyCollection]
    public object? Actions { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => collected.AddRange(ActionReader.Each(Actions));

    /// <inheritdoc/>
    protected override void EndProcessing() => Try(null, () =>
    {
        string location = Location();
        var reader = new ActionReader(this, Resolve, location);
        var actions = new List<ParallelAction>(collected.Count);
        foreach (object? each in collected)
        {
            actions.Add(reader.Action(each, actions.Count + 1));
        }

        if (actions.Count == 0 || !ShouldProcess($"{actions.Count} actions in {location}", "Run"))
        {
            return;
        }

        using Blocks blocks = BlocksOf(actions);
        if (RunAll(Operation, "actions", actions, location, blocks) is ParallelResult result)
        {
            Write(result, blocks);
        }
    });

    private void Write(ParallelResult result, Blocks blocks)
    {
        foreach (ActionRecord record in result.Actions)
        {
            Keep(record, blocks);
            WriteObject(record);
        }

        WriteErrors(result.Errors, result.ErrorsLeftOut, blocks);
    }
}
