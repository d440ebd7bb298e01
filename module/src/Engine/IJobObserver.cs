namespace Ratchet.Engine;

/// <summary>Hears what a job tells while it runs, always in the thread that waits for the job.</summary>
public interface IJobObserver
{
    /// <summary>Takes one event; what it throws ends the wait and cancels the job.</summary>
    void OnEvent(JobEvent jobEvent);
}
