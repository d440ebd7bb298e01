using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Ratchet.Engine;
using Xunit;

namespace Ratchet.Interop.Tests;

[Collection(WithNativeLibrary.Name)]
public sealed class JobTests
{
    private const string ForTenMinutes = """{"events":1,"delay_ms":600000}""";
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private readonly NativeLibraryFixture library;

    public JobTests(NativeLibraryFixture library) => this.library = library;

    [Fact]
    public void Events_come_in_order_in_the_waiting_thread_and_before_the_result()
    {
        using EngineSession engine = library.Open();
        var observer = new Recorder();
        JobOutcome outcome = JobRunner.Run(
            engine, "ping", Json("""{"payload":7,"events":600}"""), observer, new JobTimes(), CancellationToken.None);
        Assert.Equal("""{"payload":7}""", Encoding.UTF8.GetString(outcome.Json.Span));
        Assert.Equal(600, observer.Events.Count);
        for (int i = 0; i < observer.Events.Count; i++)
        {
            Assert.Equal("job.output", observer.Events[i].Name);
            Assert.Equal(i, observer.Events[i].WholeNumber("number"));
        }

        Assert.Equal([Environment.CurrentManagedThreadId], observer.Threads);
    }

    [Fact]
    public void A_result_is_refused_while_the_job_runs()
    {
        using EngineSession engine = library.Open();
        using Job job = engine.Start("ping", Json(ForTenMinutes));
        Assert.Equal("job.not_finished", Assert.Throws<RatchetException>(job.Result).Code);
        job.Cancel();
    }

    [Fact]
    public async Task A_cancel_from_another_thread_ends_the_job_with_its_own_error()
    {
        using EngineSession engine = library.Open();
        using var cancellation = new CancellationTokenSource();
        var observer = new Recorder();
        Task<RatchetException> run = Task.Run(() => Assert.Throws<RatchetException>(() => JobRunner.Run(
            engine, "ping", Json(ForTenMinutes), observer, new JobTimes(), cancellation.Token)));
        Assert.True(observer.Heard.Wait(Enough));
        cancellation.Cancel();
        RatchetException fault = await run.WaitAsync(Enough);
        Assert.Equal("job.cancelled", fault.Code);
        Assert.Equal("cancelled", fault.Category);
    }

    [Fact]
    public void A_token_that_is_cancelled_before_the_start_ends_the_job_too()
    {
        using EngineSession engine = library.Open();
        var fault = Assert.Throws<RatchetException>(() => JobRunner.Run(
            engine, "ping", Json(ForTenMinutes), null, new JobTimes(), new CancellationToken(canceled: true)));
        Assert.Equal("job.cancelled", fault.Code);
    }

    [Fact]
    public void A_job_that_runs_longer_than_its_limit_is_a_timeout_and_no_cancel()
    {
        using EngineSession engine = library.Open();
        var times = new JobTimes { Limit = TimeSpan.FromMilliseconds(30) };
        var fault = Assert.Throws<RatchetException>(() => JobRunner.Run(
            engine, "ping", Json(ForTenMinutes), null, times, CancellationToken.None));
        Assert.Equal("job.timeout", fault.Code);
        Assert.Equal("timeout", fault.Category);
    }

    [Fact]
    public void What_an_observer_throws_ends_the_wait_and_frees_the_engine()
    {
        EngineSession engine = library.Open();
        var observer = new Recorder { Fault = new InvalidOperationException("stop") };
        Assert.Same(observer.Fault, Assert.Throws<InvalidOperationException>(() => JobRunner.Run(
            engine, "ping", Json(ForTenMinutes), observer, new JobTimes(), CancellationToken.None)));
        // Returns only because the job was cancelled: closing waits for every job.
        engine.Dispose();
    }

    [Fact]
    public void A_job_that_was_disposed_refuses_to_be_asked()
    {
        using EngineSession engine = library.Open();
        Job job = engine.Start("ping", Json(ForTenMinutes));
        job.Dispose();
        job.Dispose();
        Assert.Throws<ObjectDisposedException>(() => job.Wait(TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(job.TakeEvent);
        Assert.Throws<ObjectDisposedException>(() => job.Result());
        Assert.Throws<ObjectDisposedException>(() => job.Cancel());
    }

    [Fact]
    public void Starting_an_unknown_operation_is_an_error_at_once()
    {
        using EngineSession engine = library.Open();
        Assert.Equal("operation.unknown", Assert.Throws<RatchetException>(() => engine.Start("nothing")).Code);
    }

    [Fact]
    public void A_handle_of_another_kind_is_refused_and_not_followed()
    {
        using EngineSession engine = library.Open();
        using Job job = engine.Start("ping");
        Assert.Equal(NativeStatus.InvalidHandle, library.Native.Close(ulong.MaxValue));
        Assert.Equal(NativeStatus.InvalidHandle, library.Native.Release(1));
        Assert.Equal(NativeStatus.InvalidHandle, library.Native.FreeText(12345));
        Assert.Equal(NativeStatus.Ok, library.Native.FreeText(0));
    }

    private static byte[] Json(string text) => NativeLibraryFixture.Json(text);

    private sealed class Recorder : IJobObserver
    {
        internal List<JobEvent> Events { get; } = [];

        internal HashSet<int> Threads { get; } = [];

        internal ManualResetEventSlim Heard { get; } = new();

        internal Exception? Fault { get; init; }

        public void OnEvent(JobEvent jobEvent)
        {
            Events.Add(jobEvent);
            Threads.Add(Environment.CurrentManagedThreadId);
            Heard.Set();
            if (Fault is not null)
            {
                throw Fault;
            }
        }
    }
}
