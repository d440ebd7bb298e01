using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Events of a job to the streams of a cmdlet. Lives in the pipeline thread.</summary>
internal sealed class PipelineObserver : IJobObserver
{
    private const int ActivityId = 1;
    private const int WholePercent = 100;

    private readonly Cmdlet cmdlet;
    private readonly string activity;
    private string step = string.Empty;
    private bool showsProgress;

    internal PipelineObserver(Cmdlet cmdlet, string activity)
    {
        this.cmdlet = cmdlet;
        this.activity = activity;
    }

    public void OnEvent(JobEvent jobEvent)
    {
        switch (jobEvent.Name)
        {
            case "run.started":
                cmdlet.WriteVerbose($"Run {jobEvent.Text("run_id")} of {jobEvent.Text("pattern_id")} starts.");
                break;
            case "step.started":
                step = jobEvent.Text("name") ?? string.Empty;
                cmdlet.WriteVerbose($"{step} ...");
                ShowProgress(step, -1);
                break;
            case "step.finished":
                cmdlet.WriteVerbose(
                    $"{step}: {jobEvent.Text("status")} after {jobEvent.WholeNumber("duration_ms")} ms. "
                        + jobEvent.Text("message"));
                break;
            case "progress":
                ShowProgress(jobEvent);
                break;
            case "finding":
                Tell(jobEvent);
                break;
            case "log":
                Tell(jobEvent.Text("level"), jobEvent.Text("message") ?? string.Empty);
                break;
            case "run.finished":
                cmdlet.WriteVerbose($"Run {jobEvent.Text("status")} after {jobEvent.WholeNumber("duration_ms")} ms.");
                break;
            case "job.output":
            case "events.dropped":
                cmdlet.WriteDebug(jobEvent.Json.GetRawText());
                break;
        }
    }

    /// <summary>Takes the progress bar away.</summary>
    internal void Finish()
    {
        if (showsProgress)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Done")
            {
                RecordType = ProgressRecordType.Completed,
            });
        }
    }

    private void ShowProgress(JobEvent jobEvent)
    {
        long done = jobEvent.WholeNumber("done") ?? 0;
        long total = jobEvent.WholeNumber("total") ?? 0;
        string label = jobEvent.Text("label") ?? string.Empty;
        ShowProgress($"{step}: {label} {done}/{total}", total > 0 ? (int)(done * WholePercent / total) : -1);
    }

    private void ShowProgress(string status, int percent)
    {
        showsProgress = true;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, status.Length == 0 ? " " : status)
        {
            PercentComplete = percent,
        });
    }

    private void Tell(JobEvent jobEvent)
    {
        if (!jobEvent.Json.TryGetProperty("finding", out var json))
        {
            return;
        }

        // Error findings stand in the result; a warning would be overlooked there.
        var finding = new Finding(json);
        Tell(finding.Severity == "warning" ? "warning" : "info", finding.ToString());
    }

    private void Tell(string? level, string message)
    {
        switch (level)
        {
            case "warning":
            case "error":
                cmdlet.WriteWarning(message);
                break;
            case "debug":
                cmdlet.WriteDebug(message);
                break;
            default:
                cmdlet.WriteVerbose(message);
                break;
        }
    }
}
