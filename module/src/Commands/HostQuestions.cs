using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Asks for the mandatory variables of a template that were not given.</summary>
/// <remarks>
/// A choice is asked for as one, and a secret without showing it; the engine reads every other answer as the
/// type that the template declares. What it says against an answer is shown, and the question asked again.
/// </remarks>
internal sealed class HostQuestions
{
    private const string ConsoleHost = "ConsoleHost";

    /// <summary>The shortest form that PowerShell takes for -NonInteractive.</summary>
    private const string ShortestNonInteractive = "noni";

    /// <summary>A key for each choice; where there are more, the answer is typed.</summary>
    private const string Keys = "123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>A host that gives an empty line for ever must come to an end.</summary>
    private const int MaxTries = 5;

    private readonly PSHostUserInterface ui;
    private readonly VariableAnswers answers;
    private readonly Func<TemplateVerdict> check;

    /// <param name="ui">Where to ask.</param>
    /// <param name="answers">Takes what was answered.</param>
    /// <param name="check">What the engine says of the variables so far, these answers among them.</param>
    internal HostQuestions(PSHostUserInterface ui, VariableAnswers answers, Func<TemplateVerdict> check)
    {
        this.ui = ui;
        this.answers = answers;
        this.check = check;
    }

    /// <summary>Whether somebody may be there to answer.</summary>
    internal static bool CanAsk(PSHost host)
    {
        if (host.UI is null)
        {
            return false;
        }

        return host.Name != ConsoleHost
            || (!Console.IsInputRedirected && !Array.Exists(Environment.GetCommandLineArgs(), IsNonInteractive));
    }

    /// <summary>Asks for what is missing; nothing where the host turns out to have nobody to ask.</summary>
    /// <exception cref="RatchetException">
    /// template.missing_variable: no answer that fits; and as the engine's check.
    /// </exception>
    internal void Ask()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (Next(asked) is { } question)
            {
                Ask(question);
            }
        }
        catch (Exception fault) when (fault is HostException or PSInvalidOperationException or PSNotImplementedException)
        {
            // It cannot ask: the engine will tell what is missing.
        }
    }

    private static bool IsNonInteractive(string word)
    {
        string name = word.TrimStart('-', '/');
        return name.Length < word.Length
            && name.StartsWith(ShortestNonInteractive, StringComparison.OrdinalIgnoreCase)
            && "NonInteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The next that has to be asked for: an answer may ask for more.</summary>
    private TemplateQuestion? Next(HashSet<string> asked)
    {
        TemplateVerdict verdict = check();
        if (verdict.Missing.Count == 0)
        {
            return null;
        }

        foreach (TemplateQuestion question in verdict.Questions ?? [])
        {
            if (question.Required && asked.Add(question.Name))
            {
                return question;
            }
        }

        return null;
    }

    private void Ask(TemplateQuestion question)
    {
        string description = question.Schema["description"] as string ?? string.Empty;
        object?[]? choices = Choices(question.Schema);
        if (choices is null && description.Length > 0)
        {
            ui.WriteLine(description);
        }

        for (int tries = 0; tries < MaxTries; tries++)
        {
            bool isAnswered = choices is null ? AskText(question) : AskChoice(question.Name, description, choices);
            if (isAnswered && Fits(question.Name))
            {
                return;
            }

            if (isAnswered)
            {
                answers.RemoveLast();
            }
        }

        throw new RatchetException(
            "template.missing_variable",
            "invalid_input",
            $"variable \"{question.Name}\" is missing: no answer fitted, {MaxTries} times");
    }

    /// <summary>The values to choose from; null where the answer is to be typed.</summary>
    private static object?[]? Choices(IDictionary schema)
    {
        if (schema["enum"] is object?[] { Length: > 0 } values && values.Length <= Keys.Length)
        {
            return values;
        }

        return schema["type"] is "boolean" ? new object?[] { true, false } : null;
    }

    private bool AskChoice(string name, string description, object?[] values)
    {
        var choices = new Collection<ChoiceDescription>();
        for (int index = 0; index < values.Length; index++)
        {
            string label = values[index] switch
            {
                true => "&Yes",
                false => "&No",
                // A key of our own: an ampersand of the value's stays one.
                var value => $"&{Keys[index]} {VariableAnswers.Shown(value)}",
            };
            choices.Add(new ChoiceDescription(label));
        }

        int chosen = ui.PromptForChoice(name, description, choices, -1);
        answers.AddValue(name, values[chosen]);
        return true;
    }

    private bool AskText(TemplateQuestion question)
    {
        string form = question.Schema["type"] is "array" ? " (commas between)" : string.Empty;
        ui.Write($"{question.Name}{form}: ");
        string? answer = question.Secret
            ? new NetworkCredential(string.Empty, ui.ReadLineAsSecureString()).Password
            : ui.ReadLine();
        if (string.IsNullOrEmpty(answer))
        {
            return false;
        }

        answers.AddText(question.Name, answer);
        return true;
    }

    /// <summary>Whether the engine says nothing against the answer; else it is shown.</summary>
    private bool Fits(string name)
    {
        bool fits = true;
        foreach (Finding finding in check().Errors)
        {
            if ($"{finding.Pointer}/".StartsWith($"/{name}/", StringComparison.Ordinal))
            {
                ui.WriteLine($"  {finding.Message}");
                fits = false;
            }
        }

        return fits;
    }
}
