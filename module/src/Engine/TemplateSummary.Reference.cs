using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>How it is found again.</content>
public sealed partial class TemplateSummary : ITemplateReference
{
    /// <summary>Gets the project that it was looked for in.</summary>
    public string? ProjectRoot { get; internal set; }

    /// <inheritdoc/>
    string ITemplateReference.Template => Name;
}
