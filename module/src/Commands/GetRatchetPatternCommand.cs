using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Tells which patterns there are, and what each does.</summary>
[Cmdlet(VerbsCommon.Get, "RatchetPattern")]
[OutputType(typeof(Pattern))]
public sealed class GetRatchetPatternCommand : RatchetCommand
{
    /// <summary>Gets or sets names or ids, with wildcards.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Names or ids of patterns; wildcards are allowed. All when absent.")]
    [Alias("Pattern", "PatternId")]
    [ArgumentCompleter(typeof(PatternNameCompleter))]
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
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteObject(Describe(name));
            return;
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        var list = (PatternList)Run("pattern.list", [], "Listing patterns");
        foreach (PatternSummary summary in list.Patterns)
        {
            if (pattern.IsMatch(summary.Name) || pattern.IsMatch(summary.Id))
            {
                WriteObject(Describe(summary.Name));
            }
        }
    }

    private Pattern Describe(string name)
    {
        using var request = new RequestWriter();
        return (Pattern)Run("pattern.describe", request.Begin().Add("pattern", name).End(), "Describing patterns");
    }
}
