using System.Text.Json;
using Ratchet.Engine;

namespace Ratchet.Results;

/// <summary>The result of an operation that this module knows no type for.</summary>
public sealed class OperationResult : ResultObject
{
    /// <summary>Reads a result out of the engine's JSON.</summary>
    public OperationResult(JsonElement json)
        : base(json) => Value = JsonReading.Convert(json);

    /// <summary>Gets the whole result: dictionaries, arrays, texts, numbers.</summary>
    public object? Value { get; }

    private protected override object? Find(string name) => JsonReading.Value(Json, name);
}
