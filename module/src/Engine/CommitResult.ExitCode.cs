using Ratchet.Engine;

namespace Ratchet.Results;

/// <content>What a program ends with after this commit.</content>
public sealed partial class CommitResult : IPlannedResult
{
    /// <summary>Gets the exit code: that of the first error's category, whatever the status.</summary>
    public int ExitCode => Errors.Count == 0 ? ExitCodes.Done : Errors[0].ExitCode;
}
