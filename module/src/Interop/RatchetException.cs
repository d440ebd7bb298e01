using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Interop;

/// <summary>An operation could not be done. A fault in the user's content is a finding, never this.</summary>
public sealed class RatchetException : Exception
{
    /// <summary>Wraps an error of the engine's, and what caused it on this side.</summary>
    public RatchetException(Error error, Exception? cause = null)
        : base(error?.Message, cause)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    internal RatchetException(string code, string category, string message, Exception? cause = null)
        : base(message, cause) => Error = Describe(code, category, message);

    /// <summary>Gets the engine's error, with all that it says.</summary>
    public Error Error { get; }

    /// <summary>Gets the stable code, for example <c>template.unknown</c>.</summary>
    public string Code => Error.Code;

    /// <summary>Gets the category, which decides an exit code.</summary>
    public string Category => Error.Category;

    internal static RatchetException FromJson(byte[] json)
    {
        try
        {
            return new RatchetException(new Error(JsonReading.Parse(json)));
        }
        catch (JsonException fault)
        {
            return new RatchetException(
                "internal.error",
                "internal",
                $"the native library gave an error that cannot be read: {Encoding.UTF8.GetString(json)}",
                fault);
        }
    }

    private static Error Describe(string code, string category, string message)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("category", category);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        return new Error(JsonReading.Parse(json.WrittenMemory));
    }
}
