using System;
using System.Collections.Concurrent;
using System.Management.Automation;

namespace Ratchet.Commands;

/// <summary>
/// Carries what script blocks write to their streams from their threads to the pipeline's, in the order in
/// which it was written.
/// </summary>
internal sealed class BlockStreams
{
    /// <summary>Blocks that write faster than a host shows must not keep the pipeline from the run.</summary>
    private const int RecordsAtOnce = 1024;

    private readonly ConcurrentQueue<(string Action, object Record)> waiting = new();

    /// <summary>Hears a shell, in its thread.</summary>
    /// <param name="streams">Of the shell.</param>
    /// <param name="action">The name of the action.</param>
    /// <param name="isStopping">
    /// Whether the block is being stopped: what fails then, a module half loaded say, is no error of its own.
    /// </param>
    internal void Listen(PSDataStreams streams, string action, Func<bool> isStopping)
    {
        streams.Error.DataAdded += (_, added) =>
        {
            if (!isStopping())
            {
                waiting.Enqueue((action, streams.Error[added.Index]));
            }
        };
        Listen(streams.Warning, action);
        Listen(streams.Verbose, action);
        Listen(streams.Debug, action);
        Listen(streams.Information, action);
        Listen(streams.Progress, action);
    }

    /// <summary>Writes what waits; in the pipeline thread. A part of it where there is much.</summary>
    /// <returns>Whether all is written.</returns>
    internal bool Write(Cmdlet cmdlet)
    {
        for (int i = 0; i < RecordsAtOnce; ++i)
        {
            if (!waiting.TryDequeue(out (string Action, object Record) next))
            {
                return true;
            }

            Write(cmdlet, next.Action, next.Record);
        }

        return waiting.IsEmpty;
    }

    private static void Write(Cmdlet cmdlet, string action, object record)
    {
        switch (record)
        {
            case ErrorRecord error:
                cmdlet.WriteError(UnderName(error, action));
                break;
            case WarningRecord warning:
                cmdlet.WriteWarning(warning.Message);
                break;
            case VerboseRecord verbose:
                cmdlet.WriteVerbose(verbose.Message);
                break;
            case DebugRecord debug:
                cmdlet.WriteDebug(debug.Message);
                break;
            case InformationRecord information:
                cmdlet.WriteInformation(information);
                break;
            case ProgressRecord progress:
                cmdlet.WriteProgress(progress);
                break;
        }
    }

    /// <summary>The block's own error with the action as its target; the original stands in the result.</summary>
    private static ErrorRecord UnderName(ErrorRecord error, string action) =>
        new(error.Exception, error.FullyQualifiedErrorId, error.CategoryInfo.Category, action)
        {
            ErrorDetails = error.ErrorDetails ?? new ErrorDetails(error.Exception.Message),
        };

    private void Listen<T>(PSDataCollection<T> stream, string action)
        where T : notnull =>
        stream.DataAdded += (_, added) => waiting.Enqueue((action, stream[added.Index]));
}
