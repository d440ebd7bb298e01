namespace Ratchet.Engine;

/// <summary>Hears what a job tells while it runs, always in the thread that waits for the job.</summary>
public interface IJobObserver
{
    /// <summary>Gets whether it hears also after a cancel: it has to end what it began for the job.</summary>
    bool HearsAfterCancel => false;

    /// <summary>Takes one event; what it throws ends the wait and cancels the job.</summary>
    void OnEvent(JobEvent jobEvent);

    /// <summary>Comes after each wait, at the latest after a slice; what it throws does the same.</summary>
    void OnLook()
    {
    }
}
