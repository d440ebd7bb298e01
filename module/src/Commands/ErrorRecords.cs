using System;
using System.Management.Automation;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>From the engine's errors to PowerShell's: the code is the ErrorId.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord Of(RatchetException fault, object? target) => Of(fault, fault.Error, target);

    internal static ErrorRecord Of(Error error, object? target) => Of(new RatchetException(error), error, target);

    /// <summary>Of an action of many: its name is the target, whatever file the error is about.</summary>
    internal static ErrorRecord OfAction(Error error, string name, Exception? cause) =>
        Of(new RatchetException(error, cause), error, name, prefersPath: false);

    /// <summary>
    /// Whether an error is about what the caller typed, so that no further input can fare better.
    /// </summary>
    internal static bool IsAboutTheCall(RatchetException fault) =>
        fault.Category == "invalid_argument"
            || fault.Code is "operation.unknown" or "pattern.unknown" or "pattern.unsupported";

    private static ErrorRecord Of(Exception exception, Error error, object? target, bool prefersPath = true)
    {
        object? subject = prefersPath ? error.Path ?? target : target;
        var record = new ErrorRecord(exception, error.Code, CategoryOf(error), subject);
        if (error.Hint is { } hint)
        {
            record.ErrorDetails = new ErrorDetails($"{error.Message}; {hint}") { RecommendedAction = hint };
        }

        return record;
    }

    private static ErrorCategory CategoryOf(Error error) => error.Category switch
    {
        "invalid_argument" => ErrorCategory.InvalidArgument,
        "invalid_input" => ErrorCategory.InvalidData,
        "not_found" => ErrorCategory.ObjectNotFound,
        "conflict" when error.Code == "transaction.exists" => ErrorCategory.ResourceExists,
        "conflict" => ErrorCategory.InvalidOperation,
        "check_failed" => ErrorCategory.InvalidResult,
        "io" when error.Code == "io.permission_denied" => ErrorCategory.PermissionDenied,
        "io" => ErrorCategory.ResourceUnavailable,
        "cancelled" => ErrorCategory.OperationStopped,
        "timeout" => ErrorCategory.OperationTimeout,
        "unsupported" => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
