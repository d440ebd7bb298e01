namespace Ratchet.Results;

/// <content>Which schema it is about.</content>
public sealed partial class SchemaVerdict
{
    /// <summary>Gets the file of the schema; null for one that was given itself.</summary>
    public string? Path { get; internal set; }
}
