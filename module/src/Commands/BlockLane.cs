using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace Ratchet.Commands;

/// <summary>
/// A thread with a runspace of its own that runs one script block after another, each in a state as new.
/// </summary>
/// <remarks>
/// The block runs in the lane's thread, so that nothing is handed over between threads. A lane whose block
/// cannot be stopped is left behind; the process does not wait for its thread.
/// </remarks>
internal sealed class BlockLane
{
    /// <summary>As much as PowerShell gives a pipeline thread, for recursion.</summary>
    private const int StackBytes = 10 << 20;

    private readonly InitialSessionState state;
    private readonly BlockStreams streams;
    private readonly object gate = new();
    private readonly Thread thread;
    private Runspace? runspace;
    private (BlockAttempt Attempt, string Location)? next;
    private bool isEnding;

    internal BlockLane(InitialSessionState state, BlockStreams streams)
    {
        this.state = state;
        this.streams = streams;
        thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "Ratchet script block" };
        thread.Start();
    }

    /// <summary>Runs an attempt next. The lane must be free: new, or told so by the attempt before.</summary>
    internal void Run(BlockAttempt attempt, string location)
    {
        lock (gate)
        {
            next = (attempt, location);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Ends the lane when its block has ended.</summary>
    internal void End()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for its end.</summary>
    internal void Join(TimeSpan limit) => thread.Join(limit);

    private void Work()
    {
        try
        {
            while (Next() is { } work)
            {
                work.Attempt.Run(() => InPlace(work.Location), streams);
                if (work.Attempt.IsAbandoned)
                {
                    return;
                }

                // While the engine chooses what comes next. A state that cannot be made as new is thrown away.
                MakeAsNew();
            }
        }
        finally
        {
            runspace?.Dispose();
        }
    }

    private (BlockAttempt Attempt, string Location)? Next()
    {
        lock (gate)
        {
            while (next is null && !isEnding)
            {
                Monitor.Wait(gate);
            }

            (BlockAttempt Attempt, string Location)? work = next;
            next = null;
            return work;
        }
    }

    private Runspace InPlace(string location)
    {
        if (runspace is null)
        {
            runspace = RunspaceFactory.CreateRunspace(state);
            runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
            runspace.Open();
        }

        PathIntrinsics path = runspace.SessionStateProxy.Path;
        if (path.CurrentFileSystemLocation.ProviderPath != location)
        {
            path.SetLocation(WildcardPattern.Escape(location));
        }

        return runspace;
    }

    private void MakeAsNew()
    {
        try
        {
            runspace?.ResetRunspaceState();
        }
        catch (Exception fault) when (fault is RuntimeException or InvalidOperationException)
        {
            runspace?.Dispose();
            runspace = null;
        }
    }
}
