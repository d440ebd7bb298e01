using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Begins a transaction.</summary>
/// <remarks>Nothing of the project changes, hence neither -WhatIf nor -Confirm: Complete has both.</remarks>
[Cmdlet(VerbsLifecycle.Start, "FileTransaction")]
[Alias("Begin-FileTransaction")]
[OutputType(typeof(FileTransaction))]
public sealed class StartFileTransactionCommand : RatchetCommand
{
    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "The folder that all changes happen in; the current location when absent.")]
    [Alias("PSPath", "Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets the id.</summary>
    [Parameter]
    [RequestField("transaction.begin", "id")]
    [ValidatePattern("^[A-Za-z0-9_-]{1,64}$")]
    public string? TransactionId { get; set; }

    /// <summary>Gets or sets whether it outlives this process.</summary>
    [Parameter]
    [RequestField("transaction.begin", "detached")]
    public SwitchParameter Detach { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(ProjectRoot, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        FileTransaction transaction = Detach ? new FileTransaction(Begin(Engine, root), root) : Hold(root);
        if (IsStopping)
        {
            transaction.Dispose();
            return;
        }

        WriteObject(transaction);
    });

    /// <summary>In an engine of its own, which outlives this cmdlet.</summary>
    private FileTransaction Hold(string root)
    {
        EngineSession session = LoadedModule.OpenEngine();
        try
        {
            return LoadedModule.Held.Hold(session, Begin(session, root), root, LoadedModule.CurrentRunspace());
        }
        catch (RatchetException)
        {
            session.Dispose();
            throw;
        }
    }

    private TransactionInfo Begin(EngineSession session, string root)
    {
        using var request = new RequestWriter();
        request.Begin().Add("project_root", root).Add("id", TransactionId).Add("detached", Detach ? true : null);
        return (TransactionInfo)Run(session, "transaction.begin", request.End(), "Beginning a transaction");
    }
}
