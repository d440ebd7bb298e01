using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Takes a kept run back, while every file is as the run left it.</summary>
[Cmdlet(VerbsCommon.Undo, "RatchetRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CommitResult))]
public sealed class UndoRatchetRunCommand : RatchetCommand
{
    private const string Operation = "run.undo";

    /// <summary>Gets or sets the run.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The id of the run; Get-RatchetRun lists them.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = string.Empty;

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Any folder of the project; the current location when absent.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets what survives a loss of power.</summary>
    [Parameter]
    [RequestField(Operation, "durability")]
    [ValidateSet("none", "batch", "full")]
    public string? Durability { get; set; }

    /// <summary>Gets or sets the plan that was approved.</summary>
    [Parameter]
    [RequestField(Operation, "expect_plan")]
    [ValidatePattern("^[0-9a-fA-F]{64}$")]
    public string? ExpectPlan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(RunId, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        CommitResult? result = new Approval(this).Run(
            $"run {RunId} in {root}",
            "Undo",
            ExpectPlan,
            (isDryRun, plan) => Undo(root, isDryRun, plan),
            () => IsStopping);
        if (result is not null)
        {
            WriteResult(result, result.Errors, RunId);
        }
    });

    private CommitResult Undo(string root, bool isDryRun, string? expectPlan)
    {
        using var request = new RequestWriter();
        request.Begin().Add("project_root", root).Add("run_id", RunId);
        request.Add("dry_run", isDryRun ? true : null).Add("expect_plan", expectPlan);
        request.Add("durability", Durability?.ToLowerInvariant());
        return (CommitResult)Run(Operation, request.End(), "Undoing a run");
    }
}
