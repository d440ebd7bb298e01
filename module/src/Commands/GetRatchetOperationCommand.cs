using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Lists operations with the schemas of their requests and results.</summary>
[Cmdlet(VerbsCommon.Get, "RatchetOperation")]
[OutputType(typeof(OperationDescription))]
public sealed class GetRatchetOperationCommand : RatchetCommand
{
    /// <summary>Gets or sets names, with wildcards.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Names of operations; wildcards are allowed. All when absent.")]
    [ArgumentCompleter(typeof(OperationNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Try(name, () => Write(name));
        }
    }

    private void Write(string name)
    {
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
        using var request = new RequestWriter();
        byte[] json = request.Begin().Add("operation", isPattern ? null : name).End();
        var description = (Description)Run("describe", json, "Describing operations");
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        foreach (OperationDescription operation in description.Operations)
        {
            if (!isPattern || pattern.IsMatch(operation.Name))
            {
                WriteObject(operation);
            }
        }
    }
}
