using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Renders a template in memory, and writes nothing.</summary>
/// <remarks>A text gives a text; a template that is named gives its files.</remarks>
[Cmdlet(VerbsData.Expand, "Template", DefaultParameterSetName = ContentSet)]
[Alias("Substitute-Variables")]
[OutputType(typeof(string), typeof(RenderedFile))]
public sealed class ExpandTemplateCommand : RatchetCommand
{
    private const string ContentSet = "TemplateContent";
    private const string TemplateSet = "Template";
    private const string Operation = "template.render";

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

    /// <summary>Gets or sets whether unknown names are refused.</summary>
    [Parameter]
    [RequestField(Operation, "strict")]
    public bool StrictMode { get; set; } = true;

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
        Try(given, () => Expand(
            ParameterSetName == TemplateSet
                ? TemplateChoice.Of(this, given, Language, ProjectRoot)
                : TemplateChoice.OfContent(this, given, Language, ProjectRoot)));
    }

    private void Expand(TemplateChoice choice)
    {
        var result = (RenderResult)choice.Run(
            request => request.Add("variables", Variables).Add("strict", StrictMode ? null : false),
            json => Run(Operation, json, "Rendering templates"));
        if (IsStopping)
        {
            return;
        }

        foreach (RenderedFile file in result.Files)
        {
            WriteObject(choice.IsText ? file.ToString() : file);
        }
    }
}
