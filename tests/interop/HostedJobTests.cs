using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;
using Xunit;

namespace Ratchet.Interop.Tests;

[Collection(WithNativeLibrary.Name)]
public sealed class HostedJobTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private readonly NativeLibraryFixture library;

    public HostedJobTests(NativeLibraryFixture library) => this.library = library;

    [Fact]
    public void What_the_host_did_stands_in_the_result_in_the_order_of_the_actions()
    {
        var worker = new Worker((_, report) => report(new HostAnswer(true, null, 3, 1)));
        ParallelResult result = Run(
            """{"actions":[{"name":"b","host":true,"needs":["a"]},{"name":"a","host":true},{"operation":"ping"}]}""", worker);
        Assert.True(result.AllPassed);
        Assert.Equal(["a", "b"], worker.Begun);
        Assert.Equal("b", result.Actions[0].Name);
        Assert.Equal("""{"objects":3,"errors":1}""", JsonSerializer.Serialize(result.Actions[0].Result));
        Assert.Equal("3", result.Actions[2].Name);
    }

    [Fact]
    public void Why_an_action_failed_is_one_line()
    {
        var worker = new Worker((_, report) => report(new HostAnswer(false, "no\r\n  room \uD800\n")));
        ParallelResult result = Run("""{"actions":[{"name":"a","host":true}]}""", worker);
        Assert.Equal("failed", result.Actions[0].State);
        Assert.Equal("action.failed", result.Errors[0].Code);
        Assert.Equal("\"a\": no room \uFFFD", result.Errors[0].Message);
        Assert.Equal("a", result.Errors[0].Details!["action"]);
    }

    [Fact]
    public void Each_attempt_is_begun_and_answered_for_itself()
    {
        int attempts = 0;
        var worker = new Worker((_, report) => report(new HostAnswer(Interlocked.Increment(ref attempts) == 3, "no")));
        ParallelResult result = Run(
            """{"retries":5,"retry_seconds":0.001,"actions":[{"name":"a","host":true}]}""", worker);
        Assert.Equal("passed", result.Actions[0].State);
        Assert.Equal(3, result.Actions[0].Attempts);
        Assert.Equal(["failed", "failed"], result.Actions[0].EarlierStates);
    }

    [Fact]
    public void The_second_answer_to_an_attempt_counts_for_nothing()
    {
        var worker = new Worker((_, report) =>
        {
            report(new HostAnswer(true, null));
            report(new HostAnswer(false, "after all"));
        });
        Assert.True(Run("""{"actions":[{"host":true},{"host":true}]}""", worker).AllPassed);
    }

    [Fact]
    public void An_attempt_past_its_limit_is_asked_to_stop_and_is_timed_out_whatever_it_says()
    {
        var worker = new Worker(stopped: static report => report(new HostAnswer(true, null)));
        ParallelResult result = Run("""{"timeout_seconds":0.02,"actions":[{"host":true}]}""", worker);
        Assert.Equal("timed_out", result.Actions[0].State);
        Assert.Null(result.Actions[0].ExitCode);
    }

    [Fact]
    public void One_that_does_not_stop_is_left_behind_and_named()
    {
        using EngineSession engine = library.Open();
        using var stopping = new CancellationTokenSource();
        var clock = new QuickClock();
        var worker = new Worker { OnStop = clock.PassAnHour };
        var work = new HostWork(engine, worker, null, stopping, clock);
        JobOutcome outcome = JobRunner.Run(
            engine,
            "parallel.run",
            Json("""{"timeout_seconds":0.02,"grace_seconds":0.02,"actions":[{"name":"deaf","host":true},{"host":true}]}"""),
            work,
            new JobTimes(),
            stopping.Token);
        var result = new ParallelResult(JsonReading.Parse(outcome.Json));
        Assert.Equal("timed_out", result.Actions[0].State);
        Assert.Contains("deaf", work.LeftBehind);
        Assert.Equal(worker.Begun.Count, work.LeftBehind.Count);
        Assert.Equal(worker.Begun.Count, worker.Abandoned);
        // It ends after all, when nobody waits.
        worker.Report(new HostAnswer(true, null));
        work.ThrowFault();
    }

    [Fact]
    public void One_that_has_been_asked_just_now_is_given_time()
    {
        using EngineSession engine = library.Open();
        using var stopping = new CancellationTokenSource();
        // Time stands still here: patience never ends.
        var work = new HostWork(engine, new Worker(), null, stopping, new QuickClock());
        foreach (string json in new[]
        {
            """{"event":"run.started","run_id":"r"}""",
            """{"event":"job.started","name":"a","attempt":1,"host":true}""",
            """{"event":"job.stop","name":"a","at_once":true}""",
            """{"event":"job.stop","name":"nobody","at_once":true}""",
        })
        {
            work.OnEvent(new JobEvent(JsonReading.Parse(Json(json))));
            work.OnLook();
        }

        Assert.Empty(work.LeftBehind);
        work.AbandonAll();
        Assert.Equal(["a"], work.LeftBehind);
    }

    [Fact]
    public async Task A_cancel_stops_what_runs_and_begins_nothing_more()
    {
        using var cancellation = new CancellationTokenSource();
        var worker = new Worker(stopped: static report => report(new HostAnswer(false, null)));
        Task<ParallelResult> run = Task.Run(() => Run(
            """{"throttle_limit":1,"actions":[{"host":true},{"host":true}]}""", worker, null, cancellation.Token));
        Assert.True(worker.HasBegun.Wait(Enough));
        cancellation.Cancel();
        ParallelResult result = await run.WaitAsync(Enough);
        Assert.Single(worker.Begun);
        Assert.Equal("cancelled", result.Actions[0].State);
        Assert.Equal("cancelled", result.Actions[1].State);
    }

    [Fact]
    public void Nothing_begins_where_the_cancel_was_first()
    {
        var worker = new Worker((_, report) => report(new HostAnswer(true, null)));
        ParallelResult result = Run(
            """{"actions":[{"host":true}]}""", worker, null, new CancellationToken(canceled: true));
        Assert.Empty(worker.Begun);
        Assert.Equal("cancelled", result.Actions[0].State);
    }

    [Fact]
    public void What_the_worker_throws_ends_the_run_and_is_thrown()
    {
        var fault = new InvalidOperationException("no thread");
        var worker = new Worker((_, _) => throw fault);
        Assert.Same(fault, Assert.Throws<InvalidOperationException>(
            () => Run("""{"actions":[{"host":true},{"host":true}]}""", worker)));
    }

    [Fact]
    public void What_the_observer_throws_is_thrown_when_the_host_work_has_ended()
    {
        int ended = 0;
        var worker = new Worker(stopped: report =>
        {
            Interlocked.Increment(ref ended);
            report(new HostAnswer(false, null));
        });
        var observer = new Thrower("job.started");
        Assert.Same(observer.Fault, Assert.Throws<TimeZoneNotFoundException>(
            () => Run("""{"actions":[{"host":true}]}""", worker, observer)));
        Assert.Equal(1, ended);
    }

    [Fact]
    public void A_request_that_is_refused_begins_nothing()
    {
        var worker = new Worker();
        var fault = Assert.Throws<RatchetException>(
            () => Run("""{"actions":[{"host":true,"needs":["nobody"]}]}""", worker));
        Assert.Equal("parallel.unknown_need", fault.Code);
        Assert.Empty(worker.Begun);
    }

    [Fact]
    public async Task Two_runs_of_one_engine_answer_to_their_own()
    {
        using EngineSession engine = library.Open();
        var both = new Barrier(2);
        ParallelResult One(bool passes)
        {
            var worker = new Worker((_, report) =>
            {
                Assert.True(both.SignalAndWait(Enough));
                report(new HostAnswer(passes, "no"));
            });
            return new ParallelResult(JsonReading.Parse(HostedJob.Run(
                engine, "parallel.run", Json("""{"actions":[{"name":"a","host":true}]}"""), worker, null, new JobTimes(), default).Json));
        }

        Task<ParallelResult> other = Task.Run(() => One(false));
        Assert.True(One(true).AllPassed);
        Assert.False((await other.WaitAsync(Enough)).AllPassed);
    }

    [Theory]
    [InlineData("TimeoutSeconds", "timeout_seconds")]
    [InlineData("TIMEOUT_SECONDS", "timeout_seconds")]
    [InlineData("timeoutSeconds", "timeout_seconds")]
    [InlineData("Cwd", "cwd")]
    [InlineData("Timeouts", "Timeouts")]
    public void Keys_are_found_as_PowerShell_writes_them(string typed, string key) =>
        Assert.Equal(key, new RequestKeys("cwd", "timeout_seconds").Of(typed));

    private static byte[] Json(string text) => NativeLibraryFixture.Json(text);

    private ParallelResult Run(
        string request, IHostWorker worker, IJobObserver? observer = null, CancellationToken cancellation = default)
    {
        using EngineSession engine = library.Open();
        HostedOutcome outcome = HostedJob.Run(
            engine, "parallel.run", Json(request), worker, observer, new JobTimes(), cancellation);
        return new ParallelResult(JsonReading.Parse(outcome.Json));
    }

    /// <summary>Begins nothing by itself: says what the test has it say, when begun and when stopped.</summary>
    private sealed class Worker : IHostWorker
    {
        private readonly Action<string, Action<HostAnswer>>? begin;
        private readonly Action<Action<HostAnswer>>? stopped;

        internal Worker(Action<string, Action<HostAnswer>>? begin = null, Action<Action<HostAnswer>>? stopped = null)
        {
            this.begin = begin;
            this.stopped = stopped;
        }

        internal List<string> Begun { get; } = [];

        internal ManualResetEventSlim HasBegun { get; } = new();

        internal int Abandoned { get; private set; }

        internal Action? OnStop { get; init; }

        internal Action<HostAnswer> Report { get; private set; } = static _ => { };

        public IHostAttempt Begin(string name, Action<HostAnswer> report)
        {
            Begun.Add(name);
            Report = report;
            HasBegun.Set();
            begin?.Invoke(name, report);
            return new Attempt(this, report);
        }

        private sealed class Attempt(Worker worker, Action<HostAnswer> report) : IHostAttempt
        {
            public void Stop()
            {
                worker.OnStop?.Invoke();
                worker.stopped?.Invoke(report);
            }

            public void Abandon() => worker.Abandoned++;
        }
    }

    private sealed class Thrower(string on) : IJobObserver
    {
        internal TimeZoneNotFoundException Fault { get; } = new("stop");

        public void OnEvent(JobEvent jobEvent)
        {
            if (jobEvent.Name == on)
            {
                throw Fault;
            }
        }
    }

    /// <summary>Stands still until it is told.</summary>
    private sealed class QuickClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now;

        internal void PassAnHour() => now += 3600;
    }
}
