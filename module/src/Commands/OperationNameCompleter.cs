using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes the names of operations, with what each does as the tool tip.</summary>
public sealed class OperationNameCompleter : IArgumentCompleter
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
        foreach (OperationDescription operation in new Description(engine.CallForJson("describe")).Operations)
        {
            if (pattern.IsMatch(operation.Name))
            {
                yield return new CompletionResult(
                    operation.Name, operation.Name, CompletionResultType.ParameterValue, operation.Sentence);
            }
        }
    }
}
