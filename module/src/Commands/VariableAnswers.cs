using System.Collections.Generic;
using System.Text;

namespace Ratchet.Commands;

/// <summary>What was answered for the variables of a template, as a request takes it.</summary>
internal sealed class VariableAnswers
{
    private readonly List<(string Key, string Assignment)> answers = [];

    /// <summary>How a value looks to people: a text as it is, else JSON.</summary>
    internal static string Shown(object? value) => value as string ?? Json(value);

    /// <summary>A text, which the engine reads as the type that the template declares.</summary>
    internal void AddText(string name, string text) => answers.Add(("set", $"{name}={text}"));

    /// <summary>A value as it is.</summary>
    internal void AddValue(string name, object? value) => answers.Add(("set_json", $"{name}={Json(value)}"));

    /// <summary>Takes the last answer back.</summary>
    internal void RemoveLast() => answers.RemoveAt(answers.Count - 1);

    internal void AddTo(RequestWriter request)
    {
        request.Add("set", Of("set")).Add("set_json", Of("set_json"));
    }

    private static string Json(object? value) => Encoding.UTF8.GetString(RequestWriter.ToJson(value));

    private List<string> Of(string key)
    {
        var assignments = new List<string>();
        foreach ((string to, string assignment) in answers)
        {
            if (to == key)
            {
                assignments.Add(assignment);
            }
        }

        return assignments;
    }
}
