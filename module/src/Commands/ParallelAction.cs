using System.Collections.Specialized;

namespace Ratchet.Commands;

/// <summary>An action or a check as it goes to the engine.</summary>
/// <param name="Name">Its name in the run.</param>
/// <param name="Request">What the engine gets.</param>
/// <param name="Block">What is done here, where it is a script block.</param>
internal sealed record ParallelAction(string Name, OrderedDictionary Request, ScriptWork? Block);
