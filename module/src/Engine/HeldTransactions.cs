using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Ratchet.Results;

namespace Ratchet.Engine;

/// <summary>The open transactions of a process that end with it.</summary>
/// <remarks>
/// Each has an engine of its own, because an engine gives up what it holds when it closes. That it is
/// kept here keeps a transaction whose handle was dropped from being overlooked when the process exits
/// before the finaliser came. Thread-safe.
/// </remarks>
internal sealed class HeldTransactions
{
    private readonly object gate = new();
    private readonly HashSet<HeldEngine> engines = [];
    private PosixSignalRegistration[]? signals;

    /// <summary>Takes over an engine with the transaction that was begun in it.</summary>
    /// <param name="engine">Closed when the transaction ends.</param>
    /// <param name="info">The transaction.</param>
    /// <param name="givenRoot">The project root as the caller named it.</param>
    /// <param name="owner">Whose it is, for <see cref="EndAllOf"/>.</param>
    internal FileTransaction Hold(EngineSession engine, TransactionInfo info, string givenRoot, Guid owner)
    {
        var held = new HeldEngine(this, engine, owner);
        var transaction = new FileTransaction(info, givenRoot, held);
        held.Handle = new WeakReference<FileTransaction>(transaction);
        lock (gate)
        {
            engines.Add(held);
            WatchForTheEnd();
        }

        return transaction;
    }

    /// <summary>The handle of a transaction that is open here; null where there is none.</summary>
    internal FileTransaction? Find(string id, string root)
    {
        lock (gate)
        {
            foreach (HeldEngine held in engines)
            {
                if (held.Handle?.TryGetTarget(out FileTransaction? transaction) == true
                    && transaction.Id == id && transaction.IsIn(root))
                {
                    return transaction;
                }
            }
        }

        return null;
    }

    /// <summary>Rolls back what is open of one owner; of all for null.</summary>
    internal void EndAllOf(Guid? owner)
    {
        var ending = new List<HeldEngine>();
        lock (gate)
        {
            foreach (HeldEngine held in engines)
            {
                if (owner is null || held.Owner == owner)
                {
                    ending.Add(held);
                }
            }
        }

        foreach (HeldEngine held in ending)
        {
            held.Dispose();
        }
    }

    internal void Forget(HeldEngine held)
    {
        lock (gate)
        {
            engines.Remove(held);
        }
    }

    /// <summary>From the first transaction on: a process without one is none of our business.</summary>
    private void WatchForTheEnd()
    {
        if (signals is not null)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAllOf(null);
        // From .NET 10 on these end a process without its exit being told. The signal does so still,
        // after our handler.
        signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => EndAllOf(null)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => EndAllOf(null)),
        ];
    }
}
