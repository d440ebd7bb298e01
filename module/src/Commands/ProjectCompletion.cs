using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>What a project holds, for completers. A project that cannot be read completes nothing.</summary>
internal static class ProjectCompletion
{
    /// <summary>The templates that can be used in the project that the command line names so far.</summary>
    internal static IReadOnlyList<TemplateSummary> Templates(IDictionary boundParameters) =>
        ((TemplateList?)Look("template.list", boundParameters))?.Templates ?? [];

    /// <summary>Runs an operation about the project that the command line names so far.</summary>
    internal static ResultObject? Look(string operation, IDictionary boundParameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Convert-Path").AddParameter("LiteralPath", boundParameters["ProjectRoot"] ?? ".");
        try
        {
            using EngineSession engine = LoadedModule.OpenEngine();
            using var request = new RequestWriter();
            foreach (PSObject root in shell.Invoke())
            {
                byte[] json = request.Begin().Add("project_root", root).End();
                return ResultFactory.Create(operation, engine.CallForJson(operation, json));
            }
        }
        catch (System.Exception fault) when (fault is Interop.RatchetException or RuntimeException)
        {
            // Completion has nowhere to tell it; the command itself will.
        }

        return null;
    }
}
