namespace Ratchet.Engine;

/// <summary>A template that was found once, as the engine finds it again.</summary>
internal interface ITemplateReference
{
    /// <summary>Gets its name, or the absolute path that it was named by.</summary>
    string Template { get; }

    /// <summary>Gets its language; empty for one that serves any.</summary>
    string Language { get; }

    /// <summary>Gets the project that it was looked for in; null where nobody has.</summary>
    string? ProjectRoot { get; }
}
