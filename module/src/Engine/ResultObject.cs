using System.Text.Json;

namespace Ratchet.Engine;

/// <summary>
/// A result of the engine's: typed properties over the engine's own JSON, which it keeps as it came.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class ResultObject
{
    private protected ResultObject(JsonElement json) => Json = json;

    private protected JsonElement Json { get; }

    /// <summary>Gets a value by its name in JSON, for example <c>run_id</c>; null where there is none.</summary>
    public object? this[string name] => Find(name);

    /// <summary>The engine's own bytes, unchanged.</summary>
    public string ToJson() => Json.GetRawText();

    private protected abstract object? Find(string name);
}
