using System;

namespace Ratchet.Engine;

/// <summary>An engine with one open transaction in it. Disposing rolls that back; safe from any thread.</summary>
internal sealed class HeldEngine : IDisposable
{
    private readonly HeldTransactions all;
    private volatile bool isEnded;

    internal HeldEngine(HeldTransactions all, EngineSession session, Guid owner)
    {
        this.all = all;
        Session = session;
        Owner = owner;
    }

    internal EngineSession Session { get; }

    internal Guid Owner { get; }

    /// <summary>Gets or sets the handle that callers have. Weak: nobody may miss it.</summary>
    internal WeakReference<FileTransaction>? Handle { get; set; }

    internal bool IsEnded => isEnded;

    public void Dispose()
    {
        isEnded = true;
        all.Forget(this);
        Session.Dispose();
    }
}
