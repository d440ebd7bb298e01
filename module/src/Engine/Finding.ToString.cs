using System.Globalization;
using System.Text;

namespace Ratchet.Results;

/// <content>A finding as compilers write it.</content>
public sealed partial class Finding
{
    private const string Margin = "    ";

    /// <summary><c>file:line:column: message</c>, with what is known of it.</summary>
    public override string ToString()
    {
        StringBuilder text = Place();
        return text.Append(text.Length == 0 ? string.Empty : ": ").Append(Message).ToString();
    }

    /// <summary>
    /// For people: <c>file:line:column: severity: message</c>, the line itself with a caret under the column,
    /// and what to do, as far as they are known.
    /// </summary>
    public string ToDisplay()
    {
        StringBuilder text = Place();
        text.Append(text.Length == 0 ? string.Empty : ": ").Append(Severity).Append(": ").Append(Message);
        if (Excerpt is not null)
        {
            text.Append('\n').Append(Margin).Append(Excerpt);
            if (ExcerptCaret is { } blanks)
            {
                text.Append('\n').Append(Margin).Append(' ', (int)blanks).Append('^');
            }
        }

        if (Hint is not null)
        {
            text.Append('\n').Append(Margin).Append("hint: ").Append(Hint);
        }

        return text.ToString();
    }

    private StringBuilder Place()
    {
        var text = new StringBuilder(Path);
        if (Path is not null && Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $":{line}");
            if (Column is { } column)
            {
                text.Append(CultureInfo.InvariantCulture, $":{column}");
            }
        }
        else if (Path is null)
        {
            text.Append(Pointer);
        }

        return text;
    }
}
