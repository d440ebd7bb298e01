using System.Collections.Generic;
using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>Rendering into a folder can be planned and approved.</content>
public sealed partial class RenderResult : IPlannedResult
{
    /// <inheritdoc/>
    IReadOnlyList<Error> IPlannedResult.Errors => [];
}
