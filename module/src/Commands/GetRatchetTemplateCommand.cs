using System.Management.Automation;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Lists the templates that can be used: a project's own and the built-in ones.</summary>
[Cmdlet(VerbsCommon.Get, "RatchetTemplate")]
[OutputType(typeof(TemplateSummary))]
public sealed class GetRatchetTemplateCommand : RatchetCommand
{
    private const string Operation = "template.list";

    /// <summary>Gets or sets names, with wildcards.</summary>
    [Parameter(
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Names of templates, or old names of them; wildcards are allowed. All when absent.")]
    [Alias("TemplateName", "Template")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Gets or sets the language.</summary>
    [Parameter(HelpMessage = "Only templates of this language, and those that serve any; wildcards are allowed.")]
    [ArgumentCompleter(typeof(TemplateLanguageCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Language { get; set; } = "*";

    /// <summary>Gets or sets the root of the project.</summary>
    [Parameter(HelpMessage = "The project whose own templates are listed too; the current location when absent.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(ProjectRoot, () =>
    {
        string root = ResolveRoot(ProjectRoot);
        using var request = new RequestWriter();
        var list = (TemplateList)Run(
            Operation, request.Begin().Add("project_root", root).End(), "Listing templates");
        foreach (string name in Name)
        {
            Try(name, () => Write(name, list, root));
        }
    });

    private void Write(string name, TemplateList list, string root)
    {
        var names = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        var languages = WildcardPattern.Get(Language, WildcardOptions.IgnoreCase);
        bool isFound = false;
        foreach (TemplateSummary template in list.Templates)
        {
            if (!IsNamed(template, names) || !(template.Language.Length == 0 || languages.IsMatch(template.Language)))
            {
                continue;
            }

            isFound = true;
            template.ProjectRoot = root;
            WriteObject(template);
        }

        if (!isFound && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw new RatchetException(
                "template.unknown", "not_found", $"no template is called \"{name}\"; Get-RatchetTemplate lists them");
        }
    }

    private static bool IsNamed(TemplateSummary template, WildcardPattern names)
    {
        foreach (string alias in template.Aliases)
        {
            if (names.IsMatch(alias))
            {
                return true;
            }
        }

        return names.IsMatch(template.Name);
    }
}
