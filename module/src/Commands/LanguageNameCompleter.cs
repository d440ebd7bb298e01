using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Ratchet.Commands;

/// <summary>Completes the names of languages that have a judge.</summary>
public sealed class LanguageNameCompleter : IArgumentCompleter
{
    private static readonly string[] Names =
    [
        "auto", "bash", "c", "cpp", "csharp", "go", "java", "javascript", "json", "jsonc", "powershell", "python",
        "toml", "tsx", "typescript", "xml", "yaml",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete + "*", WildcardOptions.IgnoreCase);
        foreach (string name in Names)
        {
            if (pattern.IsMatch(name))
            {
                yield return new CompletionResult(name);
            }
        }
    }
}
