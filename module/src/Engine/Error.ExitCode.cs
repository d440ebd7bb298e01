using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>What a program ends with for this error.</content>
public sealed partial class Error
{
    /// <summary>Gets the exit code of the category.</summary>
    public int ExitCode => ExitCodes.Of(Category);
}
