using System;
using System.Collections.Generic;
using Ratchet.Results;

namespace Ratchet.Engine;

/// <summary>A transaction: many changes of files, whole or not at all.</summary>
/// <remarks>
/// One that is not detached ends with this object: disposed or dropped, all that was staged is given up.
/// A detached one stays on disk, and this object only names it.
/// </remarks>
public sealed class FileTransaction : IDisposable
{
    private const string Ended = "ended";

    private readonly string givenRoot;
    private readonly HeldEngine? held;
    private TransactionInfo info;
    private bool isEnded;

    internal FileTransaction(TransactionInfo info, string givenRoot, HeldEngine? held = null)
    {
        this.info = info;
        this.givenRoot = givenRoot;
        this.held = held;
    }

    /// <summary>Rolls back what nobody can complete any more.</summary>
    ~FileTransaction() => held?.Dispose();

    /// <summary>Gets the name of the transaction.</summary>
    public string Id => info.Id;

    /// <summary>Gets the project's folder, without a link in it.</summary>
    public string ProjectRoot => info.ProjectRoot;

    /// <summary>Gets how far it is: open or ended.</summary>
    public string State => isEnded || held is { IsEnded: true } ? Ended : info.State;

    /// <summary>Gets whether it outlives the process that began it.</summary>
    public bool Detached => info.Detached;

    /// <summary>Gets the net effect of what was added, one row a path.</summary>
    public IReadOnlyList<PlanEntry> Operations => info.Operations;

    /// <summary>Gets files to be changed that have other names too: those keep the old content.</summary>
    public IReadOnlyList<string> HardLinked => info.HardLinked;

    /// <summary>Gets the name of the plan.</summary>
    public string? PlanSha256 => info.PlanSha256;

    /// <summary>Gets the engine that holds it; null for one that lies on disk alone.</summary>
    internal EngineSession? Session => held is { IsEnded: false } ? held.Session : null;

    /// <summary>Gets what the paths of its operations are relative to.</summary>
    internal ProjectFolder Folder => new(givenRoot, ProjectRoot);

    /// <summary>A value by its name in JSON, as the engine said it last; null where there is none.</summary>
    public object? this[string name] => name == "state" ? State : info[name];

    /// <summary>What the engine said last, its own bytes.</summary>
    public string ToJson() => info.ToJson();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (held is not null)
        {
            End();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>One that lies on disk, or does not: the engine will say.</summary>
    internal static FileTransaction Named(string id, string root)
    {
        var json = new { id, project_root = root, state = "open", detached = true };
        return new FileTransaction(
            new TransactionInfo(System.Text.Json.JsonSerializer.SerializeToElement(json)), root);
    }

    internal bool IsIn(string root) => root == givenRoot || root == ProjectRoot;

    /// <summary>Takes what the engine says now.</summary>
    internal void Update(TransactionInfo newer) => info = newer;

    /// <summary>It was completed or rolled back: the engine is not needed any more.</summary>
    internal void End()
    {
        isEnded = true;
        held?.Dispose();
    }
}
