using System;
using System.Text;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>From text to the bytes of a file, under PowerShell's names of encodings.</summary>
/// <remarks>The names that have a mark at the beginning in PowerShell's own cmdlets have it here.</remarks>
internal static class ContentEncoding
{
    internal const string Default = "utf8";

    internal static readonly string[] Names =
        ["utf8", "utf8NoBOM", "utf8BOM", "unicode", "bigendianunicode", "utf32", "ascii", "latin1"];

    /// <summary>The bytes, mark included.</summary>
    /// <exception cref="RatchetException">
    /// text.invalid_utf8: half of a surrogate pair; request.constraint: a character that the encoding lacks.
    /// </exception>
    internal static byte[] Bytes(string content, string name, string path)
    {
        (Encoding encoding, bool hasMark) = Find(name);
        byte[] mark = hasMark ? encoding.GetPreamble() : [];
        try
        {
            return [.. mark, .. encoding.GetBytes(content)];
        }
        catch (EncoderFallbackException fault)
        {
            throw Lacking(fault, name, path);
        }
    }

    /// <summary>Whether a request can carry the text itself.</summary>
    internal static bool IsPlainUtf8(string name) => Find(name) is (UTF8Encoding, false);

    private static RatchetException Lacking(EncoderFallbackException fault, string name, string path)
    {
        if (fault.CharUnknown is var half && char.IsSurrogate(half))
        {
            return new RatchetException(
                "text.invalid_utf8",
                "invalid_input",
                $"the content of \"{path}\" has half of a surrogate pair at character {fault.Index + 1}");
        }

        int character = fault.CharUnknownHigh != '\0'
            ? char.ConvertToUtf32(fault.CharUnknownHigh, fault.CharUnknownLow)
            : fault.CharUnknown;
        return new RatchetException(
            "request.constraint",
            "invalid_argument",
            $"the content of \"{path}\" has U+{character:X4} at character {fault.Index + 1}, which {name} cannot hold; "
                + "choose another encoding");
    }

    private static (Encoding Encoding, bool HasMark) Find(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF8NOBOM" => (new UTF8Encoding(false, true), false),
        "UTF8BOM" => (new UTF8Encoding(true, true), true),
        "UNICODE" => (new UnicodeEncoding(false, true, true), true),
        "BIGENDIANUNICODE" => (new UnicodeEncoding(true, true, true), true),
        "UTF32" => (new UTF32Encoding(false, true, true), true),
        "ASCII" => (Strict(Encoding.ASCII), false),
        "LATIN1" => (Strict(Encoding.Latin1), false),
        _ => throw new RatchetException(
            "request.constraint", "invalid_argument", $"there is no encoding \"{name}\"; take one of {string.Join(", ", Names)}"),
    };

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
