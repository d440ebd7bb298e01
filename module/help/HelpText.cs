using System;
using System.Collections.Generic;
using System.Text;

namespace Ratchet.Help;

internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>
/// What a person writes about a cmdlet: <c># Name</c> and the synopsis, <c>## Description</c>, then
/// <c>## Example: title</c> with a fenced block and a remark, once or more.
/// </summary>
internal sealed record HelpText(string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<HelpExample> Examples)
{
    private const string ExampleHead = "## Example: ";

    internal static HelpText Parse(string file, string text)
    {
        string synopsis = string.Empty;
        IReadOnlyList<string> description = [];
        var examples = new List<HelpExample>();
        foreach (string section in text.ReplaceLineEndings("\n").Split("\n#", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = section.IndexOf('\n');
            string head = "#" + section[..end].TrimStart('#');
            string body = section[(end + 1)..].Trim();
            if (head == "# Description")
            {
                description = Paragraphs(body);
            }
            else if (head.StartsWith("# Example: ", StringComparison.Ordinal))
            {
                examples.Add(Example(file, head[(ExampleHead.Length - 1)..], body));
            }
            else
            {
                synopsis = string.Join(' ', Paragraphs(body));
            }
        }

        return synopsis.Length > 0 && description.Count > 0 && examples.Count > 0
            ? new HelpText(synopsis, description, examples)
            : throw new FormatException($"{file} needs a synopsis, a description and an example");
    }

    private static HelpExample Example(string file, string title, string body)
    {
        const string Fence = "```";
        string[] parts = body.Split(Fence);
        if (parts.Length != 3 || parts[0].Length > 0)
        {
            throw new FormatException($"{file}: the example \"{title}\" must begin with one fenced block");
        }

        string code = parts[1][(parts[1].IndexOf('\n') + 1)..].TrimEnd();
        return new HelpExample(title, code, string.Join("\n\n", Paragraphs(parts[2].Trim())));
    }

    private static List<string> Paragraphs(string body)
    {
        var paragraphs = new List<string>();
        foreach (string paragraph in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            paragraphs.Add(new StringBuilder(paragraph.Trim()).Replace('\n', ' ').Replace("`", string.Empty).ToString());
        }

        return paragraphs;
    }
}
