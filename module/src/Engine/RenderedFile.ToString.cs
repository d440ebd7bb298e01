namespace Ratchet.Results;

/// <content>A rendered file as a text.</content>
public sealed partial class RenderedFile
{
    /// <summary>Its content; its path where that is no text, or was written.</summary>
    public override string ToString() => Content ?? Path;
}
