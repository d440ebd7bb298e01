using System;

namespace Ratchet.Engine;

/// <summary>Does what a run leaves to its host.</summary>
public interface IHostWorker
{
    /// <summary>
    /// Begins an attempt at an action and returns soon. <paramref name="report"/> is called once, from any
    /// thread, when it has ended, however that came about.
    /// </summary>
    IHostAttempt Begin(string name, Action<HostAnswer> report);
}

/// <summary>Work on an action that goes on.</summary>
public interface IHostAttempt
{
    /// <summary>Asks it to end. Never waits; may come more than once, and after the end.</summary>
    void Stop();

    /// <summary>Nobody waits for it any more; what it still reports is turned away.</summary>
    void Abandon();
}

/// <summary>What came of an attempt.</summary>
/// <param name="Passed">It was done.</param>
/// <param name="Message">Why it was not.</param>
/// <param name="Objects">How many objects it gave; they stay with the host.</param>
/// <param name="Errors">How many errors it told on its way.</param>
public readonly record struct HostAnswer(bool Passed, string? Message, long Objects = 0, long Errors = 0);
