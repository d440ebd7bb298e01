using System;
using System.IO;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>
/// The template that was typed: a text, a name, a path, or what another cmdlet gave.
/// </summary>
/// <remarks>
/// Without a language the engine takes the only template of a name. Where several languages have one, it is
/// that of python.
/// </remarks>
internal sealed class TemplateChoice
{
    private const string DefaultLanguage = "python";

    private readonly string name;
    private readonly string? language;

    private TemplateChoice(string name, string? language, string? root)
    {
        this.name = name;
        this.language = string.IsNullOrEmpty(language) ? null : language;
        Root = root;
    }

    /// <summary>Gets whether the template itself was typed, and not what names it.</summary>
    internal bool IsText => Root is null;

    /// <summary>Gets the absolute path that names it; null for any other.</summary>
    internal string? Path { get; private init; }

    /// <summary>Gets the project whose templates go first; null for a text.</summary>
    internal string? Root { get; }

    /// <summary>What -TemplateContent says: a text is the template, everything else names one.</summary>
    /// <exception cref="RatchetException">path.invalid, request.wrong_type.</exception>
    internal static TemplateChoice OfContent(
        EngineCommand command, object given, string? language, string? projectRoot) =>
        Plain(given) is string text
            ? new TemplateChoice(text, null, null)
            : Of(command, given, language, projectRoot);

    /// <summary>What names a template: a name, a path, a file, or a template that was found.</summary>
    /// <exception cref="RatchetException">path.invalid, request.wrong_type.</exception>
    internal static TemplateChoice Of(EngineCommand command, object given, string? language, string? projectRoot)
    {
        switch (Plain(given))
        {
            case string typed:
                string root = command.ResolveRoot(projectRoot);
                return IsPath(typed)
                    ? OfPath(command.Resolve(typed), root)
                    : new TemplateChoice(typed, language, root);
            case FileSystemInfo file:
                return OfPath(file.FullName, command.ResolveRoot(projectRoot));
            case ITemplateReference found:
                string place = command.ResolveRoot(projectRoot ?? found.ProjectRoot);
                return IsPath(found.Template)
                    ? OfPath(found.Template, place)
                    : new TemplateChoice(found.Template, language ?? found.Language, place);
            default:
                throw new RatchetException(
                    "request.wrong_type",
                    "invalid_argument",
                    $"a {Plain(given)?.GetType().FullName} is no template; give a name, a path, or what "
                        + "Import-Template or Get-RatchetTemplate gives");
        }
    }

    /// <summary>Runs an operation about this template.</summary>
    /// <param name="add">Adds what the request has besides.</param>
    /// <param name="run">Runs it with the request's JSON.</param>
    /// <exception cref="RatchetException">As the operation.</exception>
    internal ResultObject Run(Action<RequestWriter> add, Func<byte[], ResultObject> run)
    {
        try
        {
            return run(Request(language, add));
        }
        catch (RatchetException fault) when (IsUnknown(fault) && language is null)
        {
            if (FindDefault(add, run) is { } found)
            {
                return found;
            }

            // The one that names the languages, or the nearest name of any.
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => IsText ? "the given template" : name;

    private static TemplateChoice OfPath(string path, string root) => new(path, null, root) { Path = path };

    /// <summary>The engine's rule: a name has no separator and no extension.</summary>
    private static bool IsPath(string typed) => typed.AsSpan().IndexOfAny('/', '\\', '.') >= 0;

    private static object? Plain(object given) => given is PSObject wrapped ? wrapped.BaseObject : given;

    private static bool IsUnknown(RatchetException fault) => fault.Code == "template.unknown";

    private ResultObject? FindDefault(Action<RequestWriter> add, Func<byte[], ResultObject> run)
    {
        try
        {
            return run(Request(DefaultLanguage, add));
        }
        catch (RatchetException fault) when (IsUnknown(fault))
        {
            return null;
        }
    }

    private byte[] Request(string? inLanguage, Action<RequestWriter> add)
    {
        using var request = new RequestWriter();
        request.Begin().Add(IsText ? "template_text" : "template", name);
        request.Add("language", inLanguage).Add("project_root", Root);
        add(request);
        return request.End();
    }
}
