using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Completes ids of transactions that have not ended, with their state as the tool tip.</summary>
public sealed class TransactionIdCompleter : IArgumentCompleter
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
        var list = (TransactionList?)ProjectCompletion.Look("transaction.list", fakeBoundParameters);
        foreach (TransactionSummary summary in list?.Transactions ?? [])
        {
            if (pattern.IsMatch(summary.Id))
            {
                yield return new CompletionResult(
                    summary.Id, summary.Id, CompletionResultType.ParameterValue, $"{summary.State}, {summary.TouchedAt}");
            }
        }
    }
}
