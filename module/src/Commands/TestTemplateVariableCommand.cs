using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Checks variables against a template, before anything is rendered.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TemplateVariable", DefaultParameterSetName = ContentSet)]
[Alias("Validate-TemplateVars")]
[OutputType(typeof(TemplateVerdict), typeof(bool))]
public sealed class TestTemplateVariableCommand : VerdictCommand
{
    private const string ContentSet = "TemplateContent";
    private const string TemplateSet = "Template";
    private const string Operation = "template.check";

    /// <summary>Gets or sets the text of a template.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = ContentSet,
        ValueFromPipeline = true,
        HelpMessage = "The text of a template. A file, or what Import-Template or Get-RatchetTemplate gives, is taken "
            + "as -Template takes it.")]
    [AllowEmptyString]
    public object TemplateContent { get; set; } = string.Empty;

    /// <summary>Gets or sets the template.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = TemplateSet,
        HelpMessage = "The name of a template, or the path of a file or folder; also what Import-Template gives.")]
    [Alias("TemplateName")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public object Template { get; set; } = string.Empty;

    /// <summary>Gets or sets the variables.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "The variables by name, nested where the template wants it: a hashtable or an object. Names are "
            + "case-sensitive.")]
    [ValidateNotNull]
    public object? Variables { get; set; }

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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object given = ParameterSetName == TemplateSet ? Template : TemplateContent;
        Try(given, () => Check(
            ParameterSetName == TemplateSet
                ? TemplateChoice.Of(this, given, Language, ProjectRoot)
                : TemplateChoice.OfContent(this, given, Language, ProjectRoot)));
    }

    private void Check(TemplateChoice choice)
    {
        var verdict = (TemplateVerdict)choice.Run(
            request => request.Add("variables", Variables), json => Run(Operation, json, "Checking variables"));
        WriteVerdict(verdict, verdict.Valid, verdict.Warnings);
    }
}
