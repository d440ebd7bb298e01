using System;
using System.Collections.Generic;
using System.Threading;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>What came of a job whose host actions were done here.</summary>
/// <param name="Json">The result's JSON, the engine's own bytes.</param>
/// <param name="LeftBehind">Actions that did not stop when they were asked to, and may still go on.</param>
public readonly record struct HostedOutcome(ReadOnlyMemory<byte> Json, IReadOnlyList<string> LeftBehind);

/// <summary>Runs an operation some of whose actions are done by its caller.</summary>
public static class HostedJob
{
    /// <summary>
    /// As <see cref="JobRunner.Run"/>. A fault of the worker's or the observer's cancels the run, and is
    /// thrown when all that was begun has ended or was given up.
    /// </summary>
    /// <exception cref="RatchetException">The operation could not be done.</exception>
    public static HostedOutcome Run(
        EngineSession session,
        string operation,
        ReadOnlySpan<byte> request,
        IHostWorker worker,
        IJobObserver? observer,
        JobTimes times,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(worker);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = new HostWork(session, worker, observer, stopping, TimeProvider.System);
        try
        {
            JobOutcome outcome = JobRunner.Run(session, operation, request, work, times, stopping.Token);
            work.ThrowFault();
            return new HostedOutcome(outcome.Json, work.LeftBehind);
        }
        catch (RatchetException)
        {
            // A run that did not end in time was cancelled for a reason.
            work.ThrowFault();
            throw;
        }
        finally
        {
            work.AbandonAll();
        }
    }
}
