using System.Management.Automation;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Loads a template: its files, and the variables that it takes.</summary>
[Cmdlet(VerbsData.Import, "Template")]
[Alias("Load-Template")]
[OutputType(typeof(Template))]
public sealed class ImportTemplateCommand : RatchetCommand
{
    private const string Operation = "template.load";

    /// <summary>Gets or sets the template.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "The name of a template, or the path of a file or folder; also what Get-RatchetTemplate gives.")]
    [Alias("Name", "Template")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public object TemplateName { get; set; } = string.Empty;

    /// <summary>Gets or sets the language.</summary>
    [Parameter(
        Position = 1,
        HelpMessage = "Which one, where several languages have a template of that name; python when absent.")]
    [ArgumentCompleter(typeof(TemplateLanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(HelpMessage = "The project whose own templates go first; the current location when absent.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(TemplateName, () =>
    {
        TemplateChoice choice = TemplateChoice.Of(this, TemplateName, Language, ProjectRoot);
        var template = (Template)choice.Run(
            static request => { }, json => Run(Operation, json, "Loading templates"));
        template.Path = choice.Path;
        template.ProjectRoot = choice.Root;
        WriteResult(template, [], TemplateName);
    });
}
