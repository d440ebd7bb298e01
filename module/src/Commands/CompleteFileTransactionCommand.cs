using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Makes all changes of a transaction visible and keeps them, or none.</summary>
[Cmdlet(
    VerbsLifecycle.Complete,
    "FileTransaction",
    DefaultParameterSetName = TransactionSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Commit-FileTransaction")]
[OutputType(typeof(CommitResult))]
public sealed class CompleteFileTransactionCommand : TransactionCommand
{
    private const string Operation = "transaction.commit";

    /// <summary>Gets or sets whether it can be taken back later.</summary>
    [Parameter(HelpMessage = "Keeps what Undo-RatchetRun needs to take it back later.")]
    public SwitchParameter KeepBackups { get; set; }

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
    protected override void ProcessRecord() => Try(Transaction?.Id ?? TransactionId, () =>
    {
        FileTransaction transaction = Chosen();
        CommitResult? result = new Approval(this).Run(
            $"transaction {transaction.Id} in {transaction.ProjectRoot}",
            "Commit",
            ExpectPlan,
            (isDryRun, plan) => Commit(transaction, isDryRun, plan),
            () => IsStopping);
        if (result is not null)
        {
            WriteResult(result, result.Errors, transaction.Id);
        }
    });

    private CommitResult Commit(FileTransaction transaction, bool isDryRun, string? expectPlan)
    {
        using var request = new RequestWriter();
        About(request, transaction).Add("dry_run", isDryRun ? true : null).Add("expect_plan", expectPlan);
        request.Add("keep_backups", KeepBackups ? true : null);
        request.Add("durability", Durability?.ToLowerInvariant());
        var result = (CommitResult)Run(transaction, Operation, request.End(), "Committing a transaction");
        if (isDryRun)
        {
            return result;
        }

        if (result.Success || IsStopping)
        {
            transaction.End();
        }
        else
        {
            // One that was refused before its first write is still open.
            Refresh(transaction);
        }

        return result;
    }
}
