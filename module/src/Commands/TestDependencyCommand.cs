using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>Checks that packages and programs are installed, in versions that will do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Dependency")]
[Alias("Validate-Dependencies")]
[OutputType(typeof(DependencyReport), typeof(bool))]
public sealed class TestDependencyCommand : VerdictCommand
{
    private const string Operation = "validate.dependencies";

    private static readonly RequestKeys Kinds = new(
        "python", "npm", "npm_global", "executables", "dotnet", "go", "cargo");

    /// <summary>Gets or sets what must be installed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Lists of requirements by kind: python, npm, npm_global, executables, dotnet, go, cargo.")]
    [ValidateNotNull]
    public IDictionary Dependencies { get; set; } = new OrderedDictionary();

    /// <summary>Gets or sets the project.</summary>
    [Parameter(
        HelpMessage = "Where node_modules, a virtual environment, go.mod and the like are looked for; "
            + "the current location when absent.")]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? ProjectRoot { get; set; }

    /// <summary>Gets or sets the python that is asked.</summary>
    [Parameter(HelpMessage = "The python whose packages count: a name on PATH or a path; python3 when absent.")]
    [ValidateNotNullOrEmpty]
    public string? PythonInterpreter { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(ProjectRoot, () =>
    {
        using var request = new RequestWriter();
        request.Begin();
        foreach (DictionaryEntry entry in Dependencies)
        {
            string kind = LanguagePrimitives.ConvertTo<string>(entry.Key);
            request.Add(Kinds.Of(kind), Requirements(entry.Value));
        }

        request.Add("project_root", ResolveRoot(ProjectRoot)).Add("python_interpreter", Interpreter());
        var report = (DependencyReport)Run(Operation, request.End(), "Looking for dependencies");
        WriteVerdict(report, report.Valid, report.Warnings);
    });

    /// <summary>One requirement alone is a list of one.</summary>
    private static object? Requirements(object? value) =>
        value is null || LanguagePrimitives.GetEnumerable(value) is not null ? value : new[] { value };

    private string? Interpreter() =>
        PythonInterpreter is not null && PythonInterpreter.IndexOfAny(['/', '\\']) >= 0
            ? Resolve(PythonInterpreter)
            : PythonInterpreter;
}
