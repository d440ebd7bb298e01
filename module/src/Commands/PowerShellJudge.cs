using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Ratchet.Commands;

/// <summary>
/// The session's own parser as the judge of PowerShell files. It reads as the engine's child does
/// (judges/judge.ps1), and nothing that a file names is loaded.
/// </summary>
internal static class PowerShellJudge
{
    private const int MostFaults = 10;
    private const int LongestMessage = 300;

    /// <summary>For a <c>configuration</c> the parser loads a module of the machine's that has the keywords.</summary>
    private static readonly Regex Configuration = new(
        @"\bconfiguration\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>What it names may be code: the statement becomes a comment of the same length.</summary>
    private static readonly Regex Using = new(
        @"(^|;)([ \t]*)u(?=sing[ \t]+(module|assembly)\b)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Blanks = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>Said of names that are not known here: no faults of the syntax.</summary>
    private static readonly HashSet<string> Unresolved = new(StringComparer.Ordinal)
    {
        "ModuleNotFoundDuringParse", "TypeNotFound", "CustomAttributeTypeNotFound", "ErrorLoadingAssembly",
    };

    /// <summary>
    /// What validate.syntax takes as a host's answer about a file; null where the parser cannot say it here
    /// without more than looking, which leaves it to the engine's child.
    /// </summary>
    internal static OrderedDictionary? Answer(string path)
    {
        ParseError[] errors;
        try
        {
            string text = File.ReadAllText(path);
            if (Configuration.IsMatch(text))
            {
                return null;
            }

            Parser.ParseInput(Using.Replace(text, "$1$2#"), out _, out errors);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or RuntimeException)
        {
            return null;
        }

        var faults = new List<OrderedDictionary>();
        foreach (ParseError error in errors)
        {
            if (!Unresolved.Contains(error.ErrorId) && faults.Count < MostFaults)
            {
                faults.Add(Fault(error));
            }
        }

        return new OrderedDictionary { ["path"] = path, ["faults"] = faults };
    }

    private static OrderedDictionary Fault(ParseError error)
    {
        string message = Blanks.Replace(error.Message, " ").Trim();
        return new OrderedDictionary
        {
            ["message"] = message.Length > LongestMessage ? message[..LongestMessage] : message,
            ["line"] = error.Extent.StartLineNumber,
            ["column"] = error.Extent.StartColumnNumber,
            ["end_line"] = error.Extent.EndLineNumber,
            ["end_column"] = error.Extent.EndColumnNumber,
        };
    }
}
