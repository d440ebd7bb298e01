using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Threading;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>
/// The books of a run's host work: which attempt is awaited, who was asked to stop, and that each is answered
/// once, whatever happens; an engine waits for every answer.
/// </summary>
/// <remarks>One thread hears the events; answers come from any.</remarks>
internal sealed class HostWork : IJobObserver
{
    private const string DidNotStop = "it did not stop when it was asked to, and was left behind";

    private readonly EngineSession session;
    private readonly IHostWorker worker;
    private readonly IJobObserver? observer;
    private readonly CancellationTokenSource stopping;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, Awaited> awaited = new(StringComparer.Ordinal);
    private readonly List<Awaited> toAbandon = [];
    private readonly object gate = new();
    private string runId = string.Empty;
    private ExceptionDispatchInfo? fault;

    /// <param name="session">Takes the answers.</param>
    /// <param name="worker">Does the work.</param>
    /// <param name="observer">Hears all but what comes after a cancel.</param>
    /// <param name="stopping">Cancelled here when worker or observer throw.</param>
    /// <param name="clock">Times how long a stop takes.</param>
    internal HostWork(
        EngineSession session,
        IHostWorker worker,
        IJobObserver? observer,
        CancellationTokenSource stopping,
        TimeProvider clock)
    {
        this.session = session;
        this.worker = worker;
        this.observer = observer;
        this.stopping = stopping;
        this.clock = clock;
    }

    /// <summary>
    /// Gets the shortest time between asking for a stop and giving up: where there is no grace, a stop comes
    /// at once, and nobody could obey in no time.
    /// </summary>
    internal static TimeSpan LeastPatience { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets those that did not stop, in that order.</summary>
    internal List<string> LeftBehind { get; } = [];

    /// <inheritdoc/>
    public bool HearsAfterCancel => true;

    /// <inheritdoc/>
    public void OnEvent(JobEvent jobEvent)
    {
        switch (jobEvent.Name)
        {
            case "run.started":
                runId = jobEvent.Text("run_id") ?? string.Empty;
                break;
            case "job.started" when jobEvent.IsTrue("host"):
                Begin(jobEvent.Text("name") ?? string.Empty, jobEvent.WholeNumber("attempt") ?? 1);
                break;
            case "job.stop":
                Stop(jobEvent.Text("name") ?? string.Empty, jobEvent.IsTrue("at_once"));
                break;
        }

        Tell(jobEvent);
    }

    /// <inheritdoc/>
    public void OnLook()
    {
        if (toAbandon.Count > 0)
        {
            toAbandon.RemoveAll(AbandonWhenDue);
        }

        Tell(null);
    }

    /// <summary>Answers for everybody that is still awaited: the run is over for the caller.</summary>
    internal void AbandonAll()
    {
        Awaited[] left;
        lock (gate)
        {
            left = [.. awaited.Values];
        }

        foreach (Awaited one in left)
        {
            one.Stop();
            Abandon(one);
        }
    }

    /// <summary>Throws what worker, observer or answering threw first.</summary>
    internal void ThrowFault() => fault?.Throw();

    private void Begin(string name, long attempt)
    {
        var one = new Awaited(this, name, attempt);
        lock (gate)
        {
            awaited[name] = one;
        }

        if (stopping.IsCancellationRequested)
        {
            // The engine began it before it heard of the cancel; an answer before it has would be a failure.
            one.Attempt = new NeverBegun(one);
            return;
        }

        try
        {
            one.Attempt = worker.Begin(name, one.Report);
        }
        catch (Exception thrown)
        {
            Remember(thrown);
            one.Report(new HostAnswer(false, thrown.Message));
        }
    }

    private void Stop(string name, bool atOnce)
    {
        Awaited? one;
        lock (gate)
        {
            awaited.TryGetValue(name, out one);
        }

        if (one is null)
        {
            return;
        }

        one.StopAskedAt ??= clock.GetTimestamp();
        one.Stop();
        if (atOnce)
        {
            toAbandon.Add(one);
        }
    }

    /// <summary>Whether there is nothing to wait for any more.</summary>
    private bool AbandonWhenDue(Awaited one)
    {
        if (one.IsAnswered)
        {
            return true;
        }

        if (clock.GetElapsedTime(one.StopAskedAt!.Value) < LeastPatience)
        {
            return false;
        }

        Abandon(one);
        return true;
    }

    private void Abandon(Awaited one)
    {
        one.Attempt?.Abandon();
        if (one.TryReport(new HostAnswer(false, DidNotStop)))
        {
            LeftBehind.Add(one.Name);
        }
    }

    private void Answer(Awaited one, HostAnswer answer)
    {
        lock (gate)
        {
            if (awaited.TryGetValue(one.Name, out Awaited? current) && current == one)
            {
                awaited.Remove(one.Name);
            }
        }

        try
        {
            session.Call("parallel.report", Request(one, answer));
        }
        catch (Exception thrown) when (IsTooLate(thrown))
        {
            // The run has ended meanwhile: there is nobody to tell.
        }
        catch (Exception thrown)
        {
            Remember(thrown);
        }
    }

    private static bool IsTooLate(Exception thrown) =>
        thrown is ObjectDisposedException
            or RatchetException { Code: "parallel.not_awaited" or "engine.closed" or "abi.invalid_handle" };

    private byte[] Request(Awaited one, HostAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("run_id", runId);
            json.WriteString("name", one.Name);
            json.WriteNumber("attempt", one.Number);
            json.WriteBoolean("passed", answer.Passed);
            json.WriteStartObject("result");
            json.WriteNumber("objects", answer.Objects);
            json.WriteNumber("errors", answer.Errors);
            json.WriteEndObject();
            if (answer.Message is not null)
            {
                json.WriteString("message", OneLine(answer.Message));
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0
            ? text
            : string.Join(
                ' ',
                text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>An event, or a look. What the observer throws ends the run, but not the books.</summary>
    private void Tell(JobEvent? jobEvent)
    {
        // After a cancel nobody may be there to hear: a stopped pipeline refuses every write.
        if (observer is null || stopping.IsCancellationRequested)
        {
            return;
        }

        try
        {
            if (jobEvent is null)
            {
                observer.OnLook();
            }
            else
            {
                observer.OnEvent(jobEvent);
            }
        }
        catch (Exception thrown)
        {
            Remember(thrown);
        }
    }

    private void Remember(Exception thrown)
    {
        Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(thrown), null);
        stopping.Cancel();
    }

    /// <summary>What is left out because of a cancel ends when the engine asks for it.</summary>
    private sealed class NeverBegun(Awaited awaited) : IHostAttempt
    {
        public void Stop() => awaited.Report(new HostAnswer(false, null));

        public void Abandon()
        {
        }
    }

    /// <summary>An attempt that the engine waits for.</summary>
    private sealed class Awaited
    {
        private readonly HostWork books;
        private int answers;

        internal Awaited(HostWork books, string name, long attempt)
        {
            this.books = books;
            Name = name;
            Number = attempt;
        }

        internal string Name { get; }

        internal long Number { get; }

        internal IHostAttempt? Attempt { get; set; }

        internal long? StopAskedAt { get; set; }

        internal bool IsAnswered => Volatile.Read(ref answers) > 0;

        internal void Stop() => Attempt?.Stop();

        internal void Report(HostAnswer answer) => TryReport(answer);

        /// <summary>Whether this answer was the first.</summary>
        internal bool TryReport(HostAnswer answer)
        {
            if (Interlocked.Increment(ref answers) != 1)
            {
                return false;
            }

            books.Answer(this, answer);
            return true;
        }
    }
}
