namespace Ratchet.Results;

/// <summary>A file that was given a content.</summary>
/// <param name="Path">Relative to the project root.</param>
/// <param name="Sha256">Of the bytes.</param>
/// <param name="Bytes">How many.</param>
public sealed record WrittenFile(string Path, string Sha256, long Bytes);
