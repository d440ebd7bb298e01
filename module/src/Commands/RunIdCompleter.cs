using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes ids of runs that are kept, with what each did as the tool tip.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
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
        var list = (RunList?)ProjectCompletion.Look("run.list", fakeBoundParameters);
        foreach (RunSummary run in list?.Runs ?? [])
        {
            if (pattern.IsMatch(run.Id))
            {
                string told = $"{run.KeptAt} {run.Pattern}: {run.Created} created, {run.Modified} modified, {run.Deleted} deleted";
                yield return new CompletionResult(run.Id, run.Id, CompletionResultType.ParameterValue, told);
            }
        }
    }
}
