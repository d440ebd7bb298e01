using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes the names of patterns, with what each is for as the tool tip.</summary>
public sealed class PatternNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        using EngineSession engine = LoadedModule.OpenEngine();
        var pattern = WildcardPattern.Get(wordToComplete + "*", WildcardOptions.IgnoreCase);
        foreach (PatternSummary summary in new PatternList(engine.CallForJson("pattern.list")).Patterns)
        {
            if (pattern.IsMatch(summary.Name))
            {
                yield return new CompletionResult(
                    summary.Name, summary.Name, CompletionResultType.ParameterValue, summary.Description);
            }
        }
    }
}
