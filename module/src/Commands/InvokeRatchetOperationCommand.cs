using System.Management.Automation;
using System.Text;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Runs any operation of the engine by its name.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RatchetOperation", SupportsShouldProcess = true)]
[OutputType(typeof(ResultObject), typeof(string))]
public sealed class InvokeRatchetOperationCommand : RatchetCommand
{
    /// <summary>Gets or sets the operation.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The operation; Get-RatchetOperation lists them.")]
    [ArgumentCompleter(typeof(OperationNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Gets or sets the request.</summary>
    [Parameter(
        Position = 1,
        ValueFromPipeline = true,
        HelpMessage = "The request: a hashtable, an object, or JSON text. Paths in it must be absolute.")]
    [AllowNull]
    public object? Request { get; set; }

    /// <summary>Gets or sets whether the result is wanted as text.</summary>
    [Parameter(HelpMessage = "Gives the result as the engine's own JSON text.")]
    public SwitchParameter AsJson { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Name, "Invoke operation"))
        {
            return;
        }

        Try(Name, () =>
        {
            ResultObject result = Run(Name, RequestBytes(), Name);
            if (IsStopping)
            {
                return;
            }

            WriteObject(AsJson ? result.ToJson() : result);
            if (result is RunResult run)
            {
                foreach (Error error in run.Errors)
                {
                    WriteError(ErrorRecords.Of(error, Name));
                }
            }
        });
    }

    private byte[] RequestBytes()
    {
        object? value = Request is PSObject wrapped ? wrapped.BaseObject : Request;
        return value switch
        {
            null => [],
            string text => Encoding.UTF8.GetBytes(text),
            _ => RequestWriter.ToJson(Request),
        };
    }
}
