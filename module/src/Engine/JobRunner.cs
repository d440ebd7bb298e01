using System;
using System.Diagnostics;
using System.Threading;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>How a job is waited for.</summary>
public sealed record JobTimes
{
    /// <summary>Gets the longest time between two looks at the caller's wishes.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Gets the time limit of the whole job; null for none.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>
    /// Gets the time that a cancelled job has to undo its work before its children are killed. The engine's
    /// own default for children (limit grace_ms) is the same.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets the time after that in which the job is still waited for.</summary>
    public TimeSpan LastWait { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>What came of a job.</summary>
/// <param name="Json">The result's JSON, the engine's own bytes.</param>
/// <param name="TimedOut">The limit passed; the result says what was done then.</param>
public readonly record struct JobOutcome(ReadOnlyMemory<byte> Json, bool TimedOut);

/// <summary>Runs an operation as a job, in slices, so that its caller stays in charge of its own thread.</summary>
public static class JobRunner
{
    /// <summary>A job that tells faster than its observer hears must not hold up a cancel.</summary>
    private const int EventsAtOnce = 256;

    private enum Stage
    {
        Running,
        Cancelled,
        CutShort,
    }

    /// <summary>
    /// Starts the job and waits for it. Events go to <paramref name="observer"/> in this thread. When
    /// <paramref name="cancellation"/> comes, or the limit passes, the job is cancelled and its outcome
    /// awaited for at most grace and last wait.
    /// </summary>
    /// <exception cref="RatchetException">
    /// The operation could not be done: the engine's own code, job.cancelled, or job.timeout.
    /// </exception>
    public static JobOutcome Run(
        EngineSession session,
        string operation,
        ReadOnlySpan<byte> request,
        IJobObserver? observer,
        JobTimes times,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(times);
        using Job job = session.Start(operation, request);
        int cancels = 0;
        void CancelOnce()
        {
            // A second cancel would skip the grace period.
            if (Interlocked.Increment(ref cancels) == 1)
            {
                job.Cancel();
            }
        }

        // In the thread that cancels: the job must not wait for our next look.
        using CancellationTokenRegistration registration = cancellation.Register(CancelOnce);
        var clock = Stopwatch.StartNew();
        var stage = Stage.Running;
        var timedOut = false;
        TimeSpan stageEnd = times.Limit ?? TimeSpan.MaxValue;
        while (true)
        {
            switch (job.Wait(times.Slice))
            {
                case JobState.Finished:
                    return OutcomeOf(job, timedOut, operation, times);
                case JobState.Events:
                    TellEvents(job, observer, cancellation);
                    break;
            }

            if (observer is not null && Hears(observer, cancellation))
            {
                observer.OnLook();
            }

            TimeSpan now = clock.Elapsed;
            if (stage == Stage.Running && (cancellation.IsCancellationRequested || now >= stageEnd))
            {
                timedOut = !cancellation.IsCancellationRequested;
                CancelOnce();
                stage = Stage.Cancelled;
                stageEnd = now + times.Grace;
            }
            else if (stage == Stage.Cancelled && now >= stageEnd)
            {
                job.Cancel(atOnce: true);
                stage = Stage.CutShort;
                stageEnd = now + times.LastWait;
            }
            else if (stage == Stage.CutShort && now >= stageEnd)
            {
                throw timedOut ? Timeout(operation, times) : StillUndoing(operation);
            }
        }
    }

    /// <summary>The error of a job that ran out of its time.</summary>
    public static RatchetException Timeout(string operation, JobTimes times) =>
        new(
            "job.timeout",
            "timeout",
            $"{operation} ran longer than {times?.Limit?.TotalSeconds} s and was cancelled; raise the time limit");

    private static RatchetException StillUndoing(string operation) =>
        new("job.cancelled", "cancelled", $"{operation} was cancelled and is still undoing its work");

    private static JobOutcome OutcomeOf(Job job, bool timedOut, string operation, JobTimes times)
    {
        try
        {
            return new JobOutcome(job.Result(), timedOut);
        }
        catch (RatchetException fault) when (timedOut && fault.Category == "cancelled")
        {
            throw Timeout(operation, times);
        }
    }

    /// <summary>After a cancel nobody may be there to hear: a stopped pipeline refuses every write.</summary>
    private static bool Hears(IJobObserver observer, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested || observer.HearsAfterCancel;

    private static void TellEvents(Job job, IJobObserver? observer, CancellationToken cancellation)
    {
        for (int i = 0; i < EventsAtOnce && job.TakeEvent() is { } jobEvent; i++)
        {
            if (observer is not null && Hears(observer, cancellation))
            {
                observer.OnEvent(jobEvent);
            }
        }
    }
}
