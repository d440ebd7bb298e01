using System.Management.Automation;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Lists the runs of a project that are kept.</summary>
[Cmdlet(VerbsCommon.Get, "RatchetRun")]
[OutputType(typeof(RunSummary))]
public sealed class GetRatchetRunCommand : RatchetCommand
{
    /// <summary>Gets or sets ids, with wildcards.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of runs; wildcards are allowed. All when absent.")]
    [Alias("Id")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = ["*"];

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Any folder of the project; the current location when absent.")]
    [Alias("PSPath", "Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(ProjectRoot, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        using var request = new RequestWriter();
        byte[] json = request.Begin().Add("project_root", root).End();
        var list = (RunList)Run("run.list", json, "Listing runs");
        foreach (string id in RunId)
        {
            Try(id, () => Write(list, id, root));
        }
    });

    private void Write(RunList list, string id, string root)
    {
        var pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
        bool isFound = WildcardPattern.ContainsWildcardCharacters(id);
        foreach (RunSummary run in list.Runs)
        {
            if (pattern.IsMatch(run.Id))
            {
                isFound = true;
                WriteObject(InProject(run, root));
            }
        }

        if (!isFound)
        {
            throw new RatchetException("run.unknown", "not_found", $"no run \"{id}\" is kept in \"{root}\"");
        }
    }
}
