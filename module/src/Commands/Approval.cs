using System;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>
/// -WhatIf and -Confirm of work that the engine can plan: -WhatIf is its dry run; -Confirm makes the plan
/// first, asks, and then does the work with `expect_plan`, so that what was approved is what is done.
/// </summary>
internal sealed class Approval
{
    private readonly PSCmdlet cmdlet;

    internal Approval(PSCmdlet cmdlet) => this.cmdlet = cmdlet;

    internal bool IsWhatIf =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Gets whether ShouldProcess will put a question, so that there must be a plan to ask about.</summary>
    private bool WillAsk
    {
        get
        {
            if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given))
            {
                return given is SwitchParameter { IsPresent: true };
            }

            object preference = cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High);
            return LanguagePrimitives.TryConvertTo(preference, out ConfirmImpact impact)
                && impact is (ConfirmImpact.Low or ConfirmImpact.Medium);
        }
    }

    /// <summary>Plans, asks and calls, as the user wishes.</summary>
    /// <param name="target">What it is done to, for the question.</param>
    /// <param name="action">What is done, for the question.</param>
    /// <param name="expectPlan">A plan that was approved elsewhere.</param>
    /// <param name="call">Does the work; takes whether it is a dry run, and the plan to expect.</param>
    /// <param name="isStopping">Whether the pipeline was stopped meanwhile.</param>
    /// <returns>What came of it; null where the user said no.</returns>
    internal T? Run<T>(
        string target, string action, string? expectPlan, Func<bool, string?, T> call, Func<bool> isStopping)
        where T : class, IPlannedResult
    {
        if (IsWhatIf)
        {
            T planned = call(true, expectPlan);
            foreach (PlanEntry entry in planned.Plan ?? [])
            {
                cmdlet.ShouldProcess(entry.Path, entry.Operation);
            }

            return planned;
        }

        if (!WillAsk)
        {
            return cmdlet.ShouldProcess(target, action) ? call(false, expectPlan) : null;
        }

        T toApprove = call(true, expectPlan);
        if (isStopping() || toApprove.Errors.Count > 0 || !toApprove.HasWork)
        {
            return toApprove;
        }

        cmdlet.WriteVerbose(toApprove.Diff ?? string.Empty);
        string? approved = toApprove.PlanSha256;
        int count = toApprove.Plan?.Count ?? 0;
        return cmdlet.ShouldProcess($"{target}: {count} changes, plan {approved}", action)
            ? call(false, approved)
            : null;
    }
}
