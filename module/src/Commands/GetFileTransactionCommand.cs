using System;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Tells which transactions of a project have not ended; one, with what it comes to.</summary>
[Cmdlet(VerbsCommon.Get, "FileTransaction")]
[OutputType(typeof(TransactionSummary), typeof(TransactionInfo))]
public sealed class GetFileTransactionCommand : RatchetCommand
{
    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Any folder of the project; the current location when absent.")]
    [Alias("PSPath", "Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets the id of the one to show.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Shows this one with its operations and its diff; the folder must be the one it was begun for.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(TransactionIdCompleter))]
    [ValidatePattern("^[A-Za-z0-9_-]{1,64}$")]
    public string? TransactionId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try((object?)TransactionId ?? ProjectRoot, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        if (TransactionId is null)
        {
            List(root);
        }
        else
        {
            Show(TransactionId, root);
        }
    });

    private void List(string root)
    {
        using var request = new RequestWriter();
        byte[] json = request.Begin().Add("project_root", root).End();
        var list = (TransactionList)Run("transaction.list", json, "Listing transactions");
        foreach (TransactionSummary summary in list.Transactions)
        {
            WriteObject(InProject(summary, root));
        }
    }

    private void Show(string id, string root)
    {
        using var request = new RequestWriter();
        byte[] json = request.Begin().Add("project_root", root).Add("id", id).End();
        FileTransaction? held = LoadedModule.Held.Find(id, root);
        WriteObject(Run(held?.Session ?? Engine, "transaction.show", json, "Looking at a transaction"));
        GC.KeepAlive(held);
    }
}
