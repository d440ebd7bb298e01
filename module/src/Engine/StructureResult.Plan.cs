using System.Collections.Generic;
using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>A check that makes folders can be planned and approved.</content>
public sealed partial class StructureResult : IPlannedResult
{
    /// <inheritdoc/>
    string? IPlannedResult.Diff => null;

    /// <inheritdoc/>
    IReadOnlyList<Error> IPlannedResult.Errors => [];

    /// <inheritdoc/>
    bool IPlannedResult.HasWork => Plan is { Count: > 0 };
}
