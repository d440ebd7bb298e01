using System;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>What a wait for a job found.</summary>
public enum JobState
{
    /// <summary>It still runs and has nothing to tell.</summary>
    Running,

    /// <summary>Events wait to be taken.</summary>
    Events,

    /// <summary>It has finished, and all its events were taken.</summary>
    Finished,
}

/// <summary>A started operation. Thread-safe; disposing cancels it and never waits.</summary>
public sealed class Job : IDisposable
{
    private readonly NativeMethods native;
    private readonly JobHandle handle;

    internal Job(NativeMethods native, JobHandle handle)
    {
        this.native = native;
        this.handle = handle;
    }

    /// <summary>Waits until there is an event or the job has finished; zero only looks.</summary>
    public JobState Wait(TimeSpan timeout) => native.Wait(handle, (long)timeout.TotalMilliseconds) switch
    {
        NativeStatus.Ok => JobState.Finished,
        NativeStatus.Events => JobState.Events,
        NativeStatus.Running => JobState.Running,
        _ => throw new ObjectDisposedException(nameof(Job)),
    };

    /// <summary>Takes the oldest event; null when none waits.</summary>
    public JobEvent? TakeEvent() =>
        native.TakeEvent(handle) is { } json ? new JobEvent(JsonReading.Parse(json)) : null;

    /// <summary>The result's JSON, the engine's own bytes.</summary>
    /// <exception cref="RatchetException">
    /// The operation could not be done; job.not_finished while it runs.
    /// </exception>
    public byte[] Result() => native.Result(handle);

    /// <summary>Asks the job to end, from any thread. A second call skips the grace period.</summary>
    public void Cancel(bool atOnce = false) => native.Cancel(handle, atOnce);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
