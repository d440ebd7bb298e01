using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes the languages that have templates; those that have the template, where it is named.</summary>
public sealed class TemplateLanguageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete + "*", WildcardOptions.IgnoreCase);
        var name = (fakeBoundParameters["TemplateName"] ?? fakeBoundParameters["Template"]) as string;
        var languages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TemplateSummary template in ProjectCompletion.Templates(fakeBoundParameters))
        {
            if (template.Language.Length > 0 && (name is null || template.Name == name))
            {
                languages.Add(template.Language);
            }
        }

        foreach (string language in languages)
        {
            if (pattern.IsMatch(language))
            {
                yield return new CompletionResult(language);
            }
        }
    }
}
