using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes the names of templates, with what each makes as the tool tip.</summary>
public sealed class TemplateNameCompleter : IArgumentCompleter
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
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (TemplateSummary template in ProjectCompletion.Templates(fakeBoundParameters))
        {
            bool fits = fakeBoundParameters["Language"] is not string language
                || template.Language.Length == 0
                || template.Language.Equals(language, StringComparison.OrdinalIgnoreCase);
            if (fits && pattern.IsMatch(template.Name) && seen.Add(template.Name))
            {
                string told = template.Description.Length == 0 ? template.Name : template.Description;
                yield return new CompletionResult(
                    template.Name, template.Name, CompletionResultType.ParameterValue, told);
            }
        }
    }
}
