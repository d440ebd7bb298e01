using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Ratchet.Engine;

namespace Ratchet.Commands;

/// <summary>A script block that runs, or is about to. Stopped from another thread than it runs in.</summary>
internal sealed class BlockAttempt : IHostAttempt
{
    private readonly string action;
    private readonly ScriptWork work;
    private readonly Action<BlockAttempt, BlockResult, HostAnswer> done;
    private readonly object gate = new();
    private PowerShell? shell;
    private IAsyncResult? stop;
    private volatile bool isToStop;
    private int stage;

    private enum Stage
    {
        Running,
        Ended,
        Abandoned,
    }

    internal BlockAttempt(string action, ScriptWork work, Action<BlockAttempt, BlockResult, HostAnswer> done)
    {
        this.action = action;
        this.work = work;
        this.done = done;
    }

    /// <summary>Gets whether nobody waited for its end.</summary>
    internal bool IsAbandoned => Volatile.Read(ref stage) == (int)Stage.Abandoned;

    /// <inheritdoc/>
    public void Stop()
    {
        lock (gate)
        {
            isToStop = true;
            StopLocked();
        }
    }

    /// <inheritdoc/>
    public void Abandon() => Enter(Stage.Abandoned);

    /// <summary>Runs the block in this thread and tells what came of it.</summary>
    /// <param name="open">Gives the runspace; what it throws is why the block could not run.</param>
    /// <param name="streams">Gets what the block writes beside its objects.</param>
    internal void Run(Func<Runspace> open, BlockStreams streams)
    {
        var output = new List<PSObject?>();
        var errors = new List<object>();
        Exception? fault = null;
        var passed = false;
        string? message = null;
        try
        {
            Invoke(open(), streams, output, errors);
            passed = true;
        }
        catch (Exception thrown) when (isToStop || thrown is PipelineStoppedException)
        {
            // Why it was stopped is for the engine to say.
        }
        catch (RuntimeException thrown)
        {
            // Of a preference to stop, the record is of the error that met it.
            fault = thrown;
            message = thrown.ErrorRecord.ErrorDetails?.Message ?? thrown.ErrorRecord.Exception.Message;
            errors.Add(thrown.ErrorRecord);
        }
        catch (Exception thrown)
        {
            fault = thrown;
            message = thrown.Message;
        }

        Enter(Stage.Ended);
        done(this, new BlockResult(output, errors, fault), new HostAnswer(passed, message, output.Count, errors.Count));
    }

    private void Invoke(Runspace runspace, BlockStreams streams, List<PSObject?> output, List<object> errors)
    {
        using PowerShell own = PowerShell.Create();
        own.Runspace = runspace;
        own.AddScript(work.Text);
        if (work.UsingValues is not null)
        {
            own.AddParameter(UsingValues.ParameterName, work.UsingValues);
        }

        streams.Listen(own.Streams, action, () => isToStop);
        own.InvocationStateChanged += OnStateChanged;
        lock (gate)
        {
            shell = own;
        }

        try
        {
            own.Invoke(null, output, null);
            if (own.InvocationStateInfo.State == PSInvocationState.Stopped)
            {
                throw new PipelineStoppedException();
            }
        }
        finally
        {
            errors.AddRange(own.Streams.Error);
            WaitForStop(own);
        }
    }

    /// <summary>A stop that came before there was anything to stop.</summary>
    private void OnStateChanged(object? sender, PSInvocationStateChangedEventArgs change)
    {
        if (change.InvocationStateInfo.State != PSInvocationState.Running)
        {
            return;
        }

        lock (gate)
        {
            StopLocked();
        }
    }

    /// <summary>Ends or is abandoned, whichever is first.</summary>
    private void Enter(Stage last) => Interlocked.CompareExchange(ref stage, (int)last, (int)Stage.Running);

    private void StopLocked()
    {
        bool runs = shell?.InvocationStateInfo.State is PSInvocationState.Running;
        if (isToStop && runs && stop is null)
        {
            stop = shell!.BeginStop(null, null);
        }
    }

    /// <summary>A shell that is being stopped must not be disposed.</summary>
    private void WaitForStop(PowerShell own)
    {
        IAsyncResult? stopping;
        lock (gate)
        {
            shell = null;
            stopping = stop;
        }

        if (stopping is not null)
        {
            own.EndStop(stopping);
        }
    }
}
