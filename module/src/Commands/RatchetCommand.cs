using System;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>
/// A cmdlet whose operations run as jobs with a time limit; their events go to the streams.
/// </summary>
public abstract class RatchetCommand : EngineCommand
{
    /// <summary>Gets or sets the time limit of one operation; none when absent.</summary>
    [Parameter(HelpMessage = "Cancels an operation that runs longer than so many seconds; all of it is undone.")]
    [Alias("Timeout")]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Runs an operation as a job and reads its result.</summary>
    /// <exception cref="RatchetException">The operation could not be done.</exception>
    private protected ResultObject Run(string operation, ReadOnlySpan<byte> request, string activity) =>
        Run(Engine, operation, request, activity);

    /// <summary>As above, in an engine that outlives this cmdlet.</summary>
    private protected ResultObject Run(
        EngineSession session, string operation, ReadOnlySpan<byte> request, string activity)
    {
        var observer = new PipelineObserver(this, activity);
        var times = new JobTimes { Limit = TimeoutSeconds == 0 ? null : TimeSpan.FromSeconds(TimeoutSeconds) };
        JobOutcome outcome = JobRunner.Run(session, operation, request, observer, times, StopToken);
        if (!IsStopping)
        {
            observer.Finish();
            if (outcome.TimedOut)
            {
                WriteError(ErrorRecords.Of(JobRunner.Timeout(operation, times), operation));
            }
        }

        return ResultFactory.Create(operation, JsonReading.Parse(outcome.Json));
    }
}
