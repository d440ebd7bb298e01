using System;
using System.Collections.Generic;

namespace Ratchet.Commands;

/// <summary>What a script block gave that stays on this side.</summary>
/// <param name="Output">Its objects.</param>
/// <param name="ErrorRecords">Its errors, the one that ended it last.</param>
/// <param name="Fault">What ended it; null where nothing did.</param>
internal sealed record BlockResult(
    IReadOnlyList<object?> Output, IReadOnlyList<object> ErrorRecords, Exception? Fault);
