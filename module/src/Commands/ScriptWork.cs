using System.Collections.Generic;

namespace Ratchet.Commands;

/// <summary>A script block as it goes to another runspace.</summary>
/// <param name="Text">Its text: the block itself belongs to the runspace that it was written in.</param>
/// <param name="UsingValues">What its <c>$using:</c> expressions stand for, by their keys; null for none.</param>
/// <param name="Location">Where it runs.</param>
internal sealed record ScriptWork(string Text, IReadOnlyDictionary<string, object?>? UsingValues, string Location);
