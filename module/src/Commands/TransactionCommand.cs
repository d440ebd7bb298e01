using System;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Commands about one transaction: given as an object, or named by its id.</summary>
public abstract class TransactionCommand : RatchetCommand
{
    private protected const string TransactionSet = "Transaction";
    private protected const string IdSet = "Id";
    private protected const string IdPattern = "^[A-Za-z0-9_-]{1,64}$";

    /// <summary>Gets or sets the transaction.</summary>
    [Parameter(
        Mandatory = true,
        Position = 2,
        ParameterSetName = TransactionSet,
        ValueFromPipeline = true,
        HelpMessage = "What Start-FileTransaction gave.")]
    [ValidateNotNull]
    public FileTransaction? Transaction { get; set; }

    /// <summary>Gets or sets the id of a transaction.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = IdSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The id of a transaction, begun in this process or detached.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(TransactionIdCompleter))]
    [ValidatePattern(IdPattern)]
    public string TransactionId { get; set; } = string.Empty;

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The folder that the transaction was begun for; the current location when absent.")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>The transaction that is meant; whether there is such a one, the engine says.</summary>
    /// <exception cref="RatchetException">path.invalid: the root is no path of the file system.</exception>
    private protected FileTransaction Chosen() => Transaction ?? Named(TransactionId, ResolveRoot(ProjectRoot));

    /// <summary>A transaction of this process, or one that lies on disk.</summary>
    private protected static FileTransaction Named(string id, string root) =>
        LoadedModule.Held.Find(id, root) ?? FileTransaction.Named(id, root);

    /// <summary>Begins a request about a transaction.</summary>
    private protected static RequestWriter About(RequestWriter request, FileTransaction transaction) =>
        request.Begin().Add("project_root", transaction.ProjectRoot).Add("id", transaction.Id);

    /// <summary>Runs an operation where the transaction is.</summary>
    /// <exception cref="RatchetException">The operation could not be done.</exception>
    private protected ResultObject Run(
        FileTransaction transaction, string operation, ReadOnlySpan<byte> request, string activity)
    {
        ResultObject result = Run(transaction.Session ?? Engine, operation, request, activity);
        // A handle that is dropped meanwhile would take its engine with it.
        GC.KeepAlive(transaction);
        return result;
    }

    /// <summary>Has the handle say what the engine knows, also after a failure.</summary>
    private protected void Refresh(FileTransaction transaction)
    {
        try
        {
            using var request = new RequestWriter();
            byte[] json = About(request, transaction).Add("operations", Array.Empty<object>()).End();
            transaction.Update((TransactionInfo)Run(transaction, "transaction.add", json, "Looking at a transaction"));
        }
        catch (RatchetException fault) when (fault.Code is "transaction.unknown" or "transaction.state")
        {
            transaction.End();
        }
    }
}
