using System.Collections.Generic;

namespace Ratchet.Results;

/// <content>What the host kept of an action that it did itself.</content>
public sealed partial class ActionRecord
{
    /// <summary>Gets the objects that a script block gave, as they are; empty for every other action.</summary>
    public IReadOnlyList<object?> Output { get; private set; } = [];

    /// <summary>Gets the errors that a script block told, the one that ended it last.</summary>
    public IReadOnlyList<object> ErrorRecords { get; private set; } = [];

    /// <summary>Adds what never crossed to the engine, before anybody has seen the record.</summary>
    internal void Keep(IReadOnlyList<object?> output, IReadOnlyList<object> errorRecords)
    {
        Output = output;
        ErrorRecords = errorRecords;
    }
}
