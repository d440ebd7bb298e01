using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>How it is found again.</content>
public sealed partial class Template : ITemplateReference
{
    /// <summary>Gets the file or folder, where it was named by a path; else null.</summary>
    public string? Path { get; internal set; }

    /// <summary>Gets the project that it was looked for in.</summary>
    public string? ProjectRoot { get; internal set; }

    /// <inheritdoc/>
    string ITemplateReference.Template => Path ?? Name;
}
