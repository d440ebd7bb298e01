using System;
using System.Buffers;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Engine;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>From values of PowerShell to a request: JSON in UTF-8.</summary>
/// <remarks>
/// Keys of a Hashtable, which has no order, are written in ordinal order; every other dictionary keeps its
/// own. Values that JSON has no form for are refused, not guessed.
/// </remarks>
internal sealed class RequestWriter : IDisposable
{
    /// <summary>The engine's own limit json_depth; a value that holds itself ends here too.</summary>
    private const int MaxDepth = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    internal RequestWriter() =>
        writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth + 1,
        });

    public void Dispose() => writer.Dispose();

    /// <summary>Any value as a request of its own.</summary>
    /// <exception cref="RatchetException">request.wrong_type, request.constraint, text.invalid_utf8.</exception>
    internal static byte[] ToJson(object? value)
    {
        using var request = new RequestWriter();
        request.Write(value, string.Empty, 0);
        return request.ToArray();
    }

    internal RequestWriter Begin()
    {
        writer.WriteStartObject();
        return this;
    }

    internal byte[] End()
    {
        writer.WriteEndObject();
        return ToArray();
    }

    /// <summary>Writes a key, unless its value is null.</summary>
    /// <exception cref="RatchetException">request.wrong_type, request.constraint, text.invalid_utf8.</exception>
    internal RequestWriter Add(string name, object? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            Write(value, "/" + name, 1);
        }

        return this;
    }

    private static RatchetException Refused(string code, string pointer, string fault) =>
        new(code, "invalid_argument", $"{(pointer.Length == 0 ? "the request" : pointer)} {fault}");

    private byte[] ToArray()
    {
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(object? value, string pointer, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refused("request.constraint", pointer[..80] + "…", $"nests deeper than {MaxDepth} levels");
        }

        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject
            ? wrapped.BaseObject
            : value;
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case PSObject custom:
                WriteProperties(custom, pointer, depth);
                break;
            case string or char or Guid or Uri or Version:
                WriteText(plain.ToString()!, pointer);
                break;
            case FileSystemInfo file:
                WriteText(file.FullName, pointer);
                break;
            case bool or SwitchParameter:
                writer.WriteBooleanValue(plain is true or SwitchParameter { IsPresent: true });
                break;
            case Enum named:
                WriteText(named.ToString(), pointer);
                break;
            case DateTime time:
                WriteText(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), pointer);
                break;
            case DateTimeOffset time:
                WriteText(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), pointer);
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case ResultObject result:
                writer.WriteRawValue(result.ToJson());
                break;
            case IDictionary dictionary:
                WriteDictionary(dictionary, pointer, depth);
                break;
            case IEnumerable list:
                WriteList(list, pointer, depth);
                break;
            default:
                WriteNumber(plain, pointer);
                break;
        }
    }

    private void WriteText(string text, string pointer) => writer.WriteStringValue(Whole(text, pointer));

    /// <summary>The writer alone would put U+FFFD for half of a surrogate pair, and say nothing.</summary>
    private static string Whole(string text, string pointer)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException)
        {
            throw Refused("text.invalid_utf8", pointer, "holds half of a surrogate pair and is no Unicode text");
        }
    }

    private void WriteNumber(object value, string pointer)
    {
        switch (value)
        {
            case sbyte or short or int or long or byte or ushort or uint:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case float or double:
                double real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (!double.IsFinite(real))
                {
                    throw Refused("request.wrong_type", pointer, $"is {real}, which JSON has no form for");
                }

                writer.WriteNumberValue(real);
                break;
            default:
                throw Refused(
                    "request.wrong_type", pointer, $"is a {value.GetType().FullName}, which JSON has no form for");
        }
    }

    private void WriteProperties(PSObject custom, string pointer, int depth)
    {
        writer.WriteStartObject();
        foreach (PSPropertyInfo property in custom.Properties)
        {
            WriteMember(property.Name, property.Value, pointer, depth);
        }

        writer.WriteEndObject();
    }

    private void WriteDictionary(IDictionary dictionary, string pointer, int depth)
    {
        writer.WriteStartObject();
        var keys = new object[dictionary.Count];
        dictionary.Keys.CopyTo(keys, 0);
        if (dictionary is Hashtable)
        {
            Array.Sort(keys, static (left, right) => string.CompareOrdinal(KeyText(left), KeyText(right)));
        }

        foreach (object key in keys)
        {
            WriteMember(KeyText(key), dictionary[key], pointer, depth);
        }

        writer.WriteEndObject();
    }

    private void WriteMember(string name, object? value, string pointer, int depth)
    {
        writer.WritePropertyName(Whole(name, pointer));
        string token = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        Write(value, $"{pointer}/{token}", depth + 1);
    }

    private void WriteList(IEnumerable list, string pointer, int depth)
    {
        writer.WriteStartArray();
        int index = 0;
        foreach (object? item in list)
        {
            Write(item, $"{pointer}/{index++}", depth + 1);
        }

        writer.WriteEndArray();
    }

    private static string KeyText(object key) => Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;
}
