using System.Collections.Generic;
using Ratchet.Results;

namespace Ratchet.Engine;

/// <summary>A result of work that may have been planned only.</summary>
internal interface IPlannedResult
{
    /// <summary>Gets what a dry run would do; null for a real one.</summary>
    IReadOnlyList<PlanEntry>? Plan { get; }

    /// <summary>Gets the name of the plan.</summary>
    string? PlanSha256 { get; }

    /// <summary>Gets what a dry run would change, as a unified diff.</summary>
    string? Diff { get; }

    /// <summary>Gets why it did not succeed.</summary>
    IReadOnlyList<Error> Errors { get; }

    /// <summary>
    /// Gets whether there is anything to approve. What ends by being done has, also where it changes nothing.
    /// </summary>
    bool HasWork => true;
}
