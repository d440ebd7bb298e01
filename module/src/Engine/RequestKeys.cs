using System;
using System.Collections.Generic;

namespace Ratchet.Engine;

/// <summary>Finds the key of a request that was meant by a name as PowerShell writes them.</summary>
internal sealed class RequestKeys
{
    private readonly Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase);

    internal RequestKeys(params string[] names)
    {
        foreach (string name in names)
        {
            keys.Add(WithoutUnderscores(name), name);
        }
    }

    /// <summary>
    /// <c>timeout_seconds</c> for TimeoutSeconds, timeoutSeconds, TIMEOUT_SECONDS; what is unknown stays as it
    /// is, for the engine to refuse with the nearest name.
    /// </summary>
    internal string Of(string typed) => keys.GetValueOrDefault(WithoutUnderscores(typed), typed);

    private static string WithoutUnderscores(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal);
}
