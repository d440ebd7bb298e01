using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Ends transactions whose process died.</summary>
[Cmdlet(
    VerbsDiagnostic.Repair,
    "FileTransaction",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Recovered))]
public sealed class RepairFileTransactionCommand : RatchetCommand
{
    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Any folder of the project; the current location when absent.")]
    [Alias("PSPath", "Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets the id.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "One transaction; all that were interrupted when absent, and then no direction can be chosen.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(TransactionIdCompleter))]
    [ValidatePattern("^[A-Za-z0-9_-]{1,64}$")]
    public string? TransactionId { get; set; }

    /// <summary>Gets or sets the direction.</summary>
    [Parameter(
        HelpMessage = "Back moves what others changed since to .ratchet/kept/, Forward makes all visible and keeps it, "
            + "Forget leaves the files as they are; when absent back, where nobody else has changed anything.")]
    [ValidateSet("Back", "Forward", "Forget")]
    public string? Direction { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try((object?)TransactionId ?? ProjectRoot, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        string which = TransactionId is null ? "interrupted transactions" : $"transaction {TransactionId}";
        if (!ShouldProcess($"{which} in {root}", $"Recover {Direction}".TrimEnd()))
        {
            return;
        }

        using var request = new RequestWriter();
        request.Begin().Add("project_root", root).Add("id", TransactionId);
        request.Add("direction", Direction?.ToLowerInvariant());
        var result = (RecoverResult)Run("transaction.recover", request.End(), "Recovering transactions");
        if (IsStopping)
        {
            return;
        }

        foreach (Recovered recovered in result.Recovered)
        {
            WriteObject(recovered);
        }

        foreach (Error error in result.Errors)
        {
            WriteError(ErrorRecords.Of(error, TransactionId ?? root));
        }
    });
}
