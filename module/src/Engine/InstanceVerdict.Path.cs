namespace Ratchet.Results;

/// <content>Which instance it is about.</content>
public sealed partial class InstanceVerdict
{
    /// <summary>Gets the file of the instance; null for one that was given itself.</summary>
    public string? Path { get; internal set; }
}
