using System.Collections;
using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Renders a template into a project, all of its files or none.</summary>
/// <remarks>Mandatory variables that are missing are asked for where somebody is there to answer.</remarks>
[Cmdlet(VerbsCommon.New, "RatchetTemplateItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RenderResult))]
public sealed class NewRatchetTemplateItemCommand : RatchetCommand
{
    private const string Operation = "template.render";

    /// <summary>Gets or sets the template.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "The name of a template, or the path of a file or folder; also what Import-Template or "
            + "Get-RatchetTemplate gives.")]
    [Alias("TemplateName")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public object Template { get; set; } = string.Empty;

    /// <summary>Gets or sets the variables.</summary>
    [Parameter(
        Position = 1,
        HelpMessage = "The variables by name: a hashtable or an object. They go before those of -VariablesPath.")]
    [ValidateNotNull]
    public object? Variables { get; set; }

    /// <summary>Gets or sets a file of variables.</summary>
    [Parameter(
        HelpMessage = "A JSON or YAML file with variables, or with a list of sets that are rendered one after the "
            + "other; or a .csv table with a set in each row.")]
    [ValidateNotNullOrEmpty]
    public string? VariablesPath { get; set; }

    /// <summary>Gets or sets the language.</summary>
    [Parameter(HelpMessage = "Which one, where several languages have a template of that name; python when absent.")]
    [ArgumentCompleter(typeof(TemplateLanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(HelpMessage = "The project whose own templates go first; the current location when absent.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets the folder to write to.</summary>
    [Parameter(HelpMessage = "The folder to write to, whole or not at all; the project when absent.")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Gets or sets whether files are replaced.</summary>
    [Parameter]
    [RequestField(Operation, "overwrite")]
    [Alias("Force")]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>Gets or sets the plan that was approved.</summary>
    [Parameter]
    [RequestField(Operation, "expect_plan")]
    [ValidatePattern("^[0-9a-fA-F]{64}$")]
    public string? ExpectPlan { get; set; }

    /// <summary>Gets or sets whether it can be taken back later.</summary>
    [Parameter(HelpMessage = "Keeps what Undo-RatchetRun needs to take it back later.")]
    public SwitchParameter KeepBackups { get; set; }

    /// <summary>Gets or sets what survives a loss of power.</summary>
    [Parameter]
    [RequestField(Operation, "durability")]
    [ValidateSet("none", "batch", "full")]
    public string? Durability { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Template, () =>
    {
        TemplateChoice choice = TemplateChoice.Of(this, Template, Language, ProjectRoot);
        string destination = Resolve(Destination ?? choice.Root!);
        string? file = VariablesPath is null ? null : Resolve(VariablesPath);
        var answers = new VariableAnswers();
        if (HostQuestions.CanAsk(Host))
        {
            new HostQuestions(Host.UI, answers, () => Check(choice, file, answers)).Ask();
        }

        RenderResult? result = new Approval(this).Run(
            destination,
            $"Render {choice}",
            ExpectPlan,
            (isDryRun, plan) => Render(choice, file, answers, destination, isDryRun, plan),
            () => IsStopping);
        if (result is not null)
        {
            WriteResult(result, [], Template);
        }
    });

    private TemplateVerdict Check(TemplateChoice choice, string? file, VariableAnswers answers) =>
        (TemplateVerdict)choice.Run(
            request => AddVariables(request, file, answers),
            json => Run("template.check", json, "Checking variables"));

    private RenderResult Render(
        TemplateChoice choice,
        string? file,
        VariableAnswers answers,
        string destination,
        bool isDryRun,
        string? expectPlan) => (RenderResult)choice.Run(
        request =>
        {
            AddVariables(request, file, answers);
            request.Add("output_root", destination).Add("overwrite", Overwrite ? true : null);
            request.Add("dry_run", isDryRun ? true : null).Add("expect_plan", expectPlan);
            request.Add("keep_backups", KeepBackups ? true : null);
            request.Add("durability", Durability?.ToLowerInvariant());
        },
        json => Run(Operation, json, "Rendering templates"));

    private void AddVariables(RequestWriter request, string? file, VariableAnswers answers)
    {
        // Also where there are none: without it a template is checked by itself.
        request.Add("variables", Variables ?? new Hashtable()).Add("variables_path", file);
        answers.AddTo(request);
    }
}
