using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Checks that a project has the files and folders that it is required to have.</summary>
/// <remarks>What comes by the pipeline is one check: one pass over the project.</remarks>
[Cmdlet(
    VerbsDiagnostic.Test,
    "ProjectStructure",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Validate-ProjectStructure")]
[OutputType(typeof(StructureResult), typeof(bool))]
public sealed class TestProjectStructureCommand : VerdictCommand
{
    private const string Operation = "validate.structure";

    private readonly List<object> required = [];

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The folder of the project.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string ProjectRoot { get; set; } = string.Empty;

    /// <summary>Gets or sets what must be there.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [RequestField(Operation, "required_paths")]
    [Alias("RequiredPath")]
    [AllowEmptyCollection]
    public object[] RequiredPaths { get; set; } = [];

    /// <summary>Gets or sets whether missing folders are made.</summary>
    [Parameter]
    [RequestField(Operation, "create_missing")]
    public SwitchParameter CreateMissing { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => required.AddRange(RequiredPaths);

    /// <inheritdoc/>
    private protected override void Finish() => Try(ProjectRoot, () =>
    {
        string root = Resolve(ProjectRoot);
        StructureResult? result = CreateMissing
            ? new Approval(this).Run(
                root,
                "Create missing folders",
                null,
                (isDryRun, plan) => Check(root, true, isDryRun, plan),
                () => IsStopping)
            : null;
        // Whoever does not want them made still learns what is missing.
        result ??= Check(root, false, false, null);
        WriteVerdict(result, result.Valid, result.Warnings);
    });

    private StructureResult Check(string root, bool creates, bool isDryRun, string? expectPlan)
    {
        using var request = new RequestWriter();
        request.Begin().Add("project_root", root).Add("required_paths", required);
        request.Add("create_missing", creates ? true : null).Add("dry_run", isDryRun ? true : null);
        request.Add("expect_plan", expectPlan);
        return (StructureResult)Run(Operation, request.End(), "Checking the structure");
    }
}
