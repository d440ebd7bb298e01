using System;
using System.Collections.Concurrent;
using System.Threading;
using Xunit.Runners;

namespace Ratchet.Interop.Tests;

/// <summary>Runs the tests of this assembly and closes with one line, as every suite does.</summary>
internal static class Program
{
    /// <summary>Longer than all of them take on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static int Main()
    {
        int failed = 0;
        int skipped = 0;
        int passed = 0;
        var running = new ConcurrentDictionary<string, bool>();
        using var ended = new ManualResetEventSlim();
        using var runner = AssemblyRunner.WithoutAppDomain(typeof(Program).Assembly.Location);
        void Fail(string what, string message, string trace)
        {
            Interlocked.Increment(ref failed);
            Console.WriteLine($"FAILED: {what}\n{message}\n{trace}");
        }

        runner.OnTestStarting = test => running[test.TestDisplayName] = true;
        runner.OnTestFinished = test => running.TryRemove(test.TestDisplayName, out _);
        runner.OnTestPassed = _ => Interlocked.Increment(ref passed);
        runner.OnTestFailed = test => Fail(test.TestDisplayName, test.ExceptionMessage, test.ExceptionStackTrace);
        runner.OnErrorMessage = error => Fail("outside a test", error.ExceptionMessage, error.ExceptionStackTrace);
        runner.OnTestSkipped = test =>
        {
            Interlocked.Increment(ref skipped);
            Console.WriteLine($"SKIPPED: {test.TestDisplayName} ({test.SkipReason})");
        };
        runner.OnExecutionComplete = _ => ended.Set();
        runner.Start();
        bool isComplete = ended.Wait(Patience);
        foreach (string name in running.Keys)
        {
            Fail(name, $"did not end within {Patience}", string.Empty);
        }

        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        int exitCode = isComplete && failed == 0 && passed > 0 ? 0 : 1;
        Environment.Exit(exitCode);  // not held up by what did not end
        return exitCode;
    }
}
