using System.Globalization;
using System.Text;

namespace Ratchet.Results;

/// <content>A finding as compilers write it.</content>
public sealed partial class Finding
{
    /// <summary><c>file:line:column: message</c>, with what is known of it.</summary>
    public override string ToString()
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

        return text.Append(text.Length == 0 ? string.Empty : ": ").Append(Message).ToString();
    }
}
