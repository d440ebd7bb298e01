using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Text.Json;

namespace Ratchet.Engine;

/// <summary>From the engine's JSON to values of .NET. A key that is absent is null.</summary>
internal static class JsonReading
{
    /// <summary>More than the engine lets through (its limit json_depth is 10,000 at most).</summary>
    private const int MaxDepth = 10_064;

    /// <summary>What stands for an object that is not there.</summary>
    internal static readonly IDictionary EmptyMap = new OrderedDictionary().AsReadOnly();

    internal static JsonElement Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement;

    internal static string? Text(JsonElement json, string name) =>
        Find(json, name) is { } value ? value.GetString() : null;

    internal static long? Integer(JsonElement json, string name) =>
        Find(json, name) is { } value ? value.GetInt64() : null;

    internal static double? Number(JsonElement json, string name) =>
        Find(json, name) is { } value ? value.GetDouble() : null;

    internal static bool? Boolean(JsonElement json, string name) =>
        Find(json, name) is { } value ? value.GetBoolean() : null;

    /// <summary>Any value: text, long, double, bool, null, a read-only IDictionary or an array.</summary>
    internal static object? Value(JsonElement json, string name) =>
        Find(json, name) is { } value ? Convert(value) : null;

    /// <summary>An object whose keys the contract leaves open, in the engine's order.</summary>
    internal static IDictionary? Map(JsonElement json, string name) =>
        Find(json, name) is { } value ? Dictionary(value) : null;

    internal static T? Record<T>(JsonElement json, string name, Func<JsonElement, T> create)
        where T : class =>
        Find(json, name) is { } value ? create(value) : null;

    internal static IReadOnlyList<T>? List<T>(JsonElement json, string name, Func<JsonElement, T> create)
    {
        if (Find(json, name) is not { } value)
        {
            return null;
        }

        var items = new T[value.GetArrayLength()];
        int next = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            items[next++] = create(item);
        }

        return items;
    }

    internal static object? Convert(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Dictionary(json),
        JsonValueKind.Array => Array(json),
        JsonValueKind.String => json.GetString(),
        // Each boxed by itself: the two as one type would make a double of every integer.
        JsonValueKind.Number => json.TryGetInt64(out long integer) ? (object)integer : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static OrderedDictionary Dictionary(JsonElement json)
    {
        var dictionary = new OrderedDictionary(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            dictionary[property.Name] = Convert(property.Value);
        }

        return dictionary.AsReadOnly();
    }

    private static object?[] Array(JsonElement json)
    {
        var items = new object?[json.GetArrayLength()];
        int next = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            items[next++] = Convert(item);
        }

        return items;
    }
}
