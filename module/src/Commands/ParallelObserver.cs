using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using Ratchet.Engine;

namespace Ratchet.Commands;

/// <summary>Shows a run of many actions: progress, what begins and ends, what script blocks write.</summary>
/// <remarks>Lives in the pipeline thread.</remarks>
internal sealed class ParallelObserver : IJobObserver
{
    private const int ActivityId = 1;
    private const int WholePercent = 100;
    private const int MillisecondsPerSecond = 1000;

    private readonly Cmdlet cmdlet;
    private readonly BlockStreams streams;
    private readonly string activity;
    private readonly bool tellsSteps;
    private readonly bool tellsProgress;
    private bool hasShown;

    /// <param name="cmdlet">Whose streams these are.</param>
    /// <param name="streams">What the blocks write.</param>
    /// <param name="activity">What the progress bar says is being done.</param>
    /// <param name="tellsSteps">Whether begin and end of each action go to the verbose stream.</param>
    /// <param name="tellsProgress">Whether there is progress at all.</param>
    internal ParallelObserver(
        Cmdlet cmdlet, BlockStreams streams, string activity, bool tellsSteps, bool tellsProgress)
    {
        this.cmdlet = cmdlet;
        this.streams = streams;
        this.activity = activity;
        this.tellsSteps = tellsSteps;
        this.tellsProgress = tellsProgress;
    }

    /// <inheritdoc/>
    public void OnEvent(JobEvent jobEvent)
    {
        if (jobEvent.Name == "progress")
        {
            ShowProgress(jobEvent);
        }
        else if (tellsSteps && Sentence(jobEvent) is { } sentence)
        {
            // What a block wrote came before its end.
            streams.Write(cmdlet);
            cmdlet.WriteVerbose(sentence);
        }
    }

    /// <inheritdoc/>
    public void OnLook() => streams.Write(cmdlet);

    /// <summary>Writes what the blocks have left, and takes the progress bar away.</summary>
    internal void Finish()
    {
        while (!streams.Write(cmdlet))
        {
        }

        if (hasShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Done")
            {
                RecordType = ProgressRecordType.Completed,
            });
        }
    }

    private static string? Sentence(JobEvent jobEvent) => jobEvent.Name switch
    {
        "run.started" => $"Run {jobEvent.Text("run_id")} of {jobEvent.WholeNumber("total")} actions starts.",
        "job.started" when jobEvent.WholeNumber("attempt") > 1 =>
            $"{jobEvent.Text("name")} starts, attempt {jobEvent.WholeNumber("attempt")}.",
        "job.started" => $"{jobEvent.Text("name")} starts.",
        "job.state" => $"{jobEvent.Text("name")} is {jobEvent.Text("state")}.",
        "job.retry" => $"{jobEvent.Text("name")}: {jobEvent.Text("state")}; next attempt in "
            + $"{jobEvent.WholeNumber("wait_ms")} ms.",
        "job.finished" => $"{jobEvent.Text("name")}: {jobEvent.Text("state")} after "
            + $"{jobEvent.WholeNumber("duration_ms")} ms.",
        _ => null,
    };

    private void ShowProgress(JobEvent jobEvent)
    {
        if (!tellsProgress)
        {
            return;
        }

        hasShown = true;
        long done = jobEvent.WholeNumber("done") ?? 0;
        long total = jobEvent.WholeNumber("total") ?? 0;
        long notPassed = jobEvent.WholeNumber("not_passed") ?? 0;
        var record = new ProgressRecord(
            ActivityId, activity, $"{done}/{total}" + (notPassed > 0 ? $", {notPassed} not passed" : string.Empty))
        {
            PercentComplete = total > 0 ? (int)(done * WholePercent / total) : -1,
            CurrentOperation = Running(jobEvent),
        };
        if (jobEvent.WholeNumber("left_ms") is { } left)
        {
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, left / MillisecondsPerSecond);
        }

        cmdlet.WriteProgress(record);
    }

    private static string Running(JobEvent jobEvent)
    {
        var names = new List<string>();
        if (jobEvent.Json.TryGetProperty("running", out JsonElement running))
        {
            foreach (JsonElement name in running.EnumerateArray())
            {
                names.Add(name.GetString() ?? string.Empty);
            }
        }

        long more = (jobEvent.WholeNumber("running_count") ?? names.Count) - names.Count;
        return string.Join(", ", names) + (more > 0 ? $" and {more} more" : string.Empty);
    }
}
