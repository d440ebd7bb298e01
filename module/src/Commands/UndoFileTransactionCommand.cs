using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Gives an open transaction up.</summary>
[Cmdlet(
    VerbsCommon.Undo,
    "FileTransaction",
    DefaultParameterSetName = TransactionSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Rollback-FileTransaction")]
[OutputType(typeof(RollbackResult))]
public sealed class UndoFileTransactionCommand : TransactionCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Transaction?.Id ?? TransactionId, () =>
    {
        FileTransaction transaction = Chosen();
        if (!ShouldProcess($"transaction {transaction.Id} in {transaction.ProjectRoot}", "Roll back"))
        {
            return;
        }

        using var request = new RequestWriter();
        var result = (RollbackResult)Run(
            transaction, "transaction.rollback", About(request, transaction).End(), "Rolling back a transaction");
        transaction.End();
        if (!IsStopping)
        {
            WriteObject(result);
        }
    });
}
