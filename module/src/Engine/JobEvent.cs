using System.Text.Json;

namespace Ratchet.Engine;

/// <summary>What a running job tells: a name (<c>step.started</c>, <c>progress</c>, …) and its values.</summary>
public sealed class JobEvent
{
    /// <summary>Reads an event out of the engine's JSON.</summary>
    public JobEvent(JsonElement json)
    {
        Json = json;
        Name = Text("event") ?? string.Empty;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the whole event.</summary>
    public JsonElement Json { get; }

    /// <summary>A value that is a text; null where there is none.</summary>
    public string? Text(string key) => JsonReading.Text(Json, key);

    /// <summary>A value that is an integer; null where there is none.</summary>
    public long? WholeNumber(string key) => JsonReading.Integer(Json, key);

    /// <summary>Whether a value is there and true.</summary>
    public bool IsTrue(string key) => JsonReading.Boolean(Json, key) is true;
}
