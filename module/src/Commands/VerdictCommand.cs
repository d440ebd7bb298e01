using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>What the Test- cmdlets do alike: a verdict for each thing, or one [bool] for all of them.</summary>
public abstract class VerdictCommand : RatchetCommand
{
    /// <summary>The parameter set of paths with wildcards.</summary>
    private protected const string PathSet = "Path";

    /// <summary>The parameter set of paths as they are written.</summary>
    private protected const string LiteralPathSet = "LiteralPath";

    private bool isAllValid = true;

    /// <summary>Gets or sets whether only the verdict is wanted.</summary>
    [Parameter(
        HelpMessage = "Gives one [bool] for all that is tested; false also where something could not be checked, "
            + "with a warning.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Finish();
        if (Quiet && !IsStopping)
        {
            WriteObject(isAllValid);
        }
    }

    /// <summary>Tests what was collected; called once, after all of the pipeline has come.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Calls for each file that the paths name; a path that names none is an error of its own.</summary>
    private protected void EachFile(string[] paths, Action<string> use)
    {
        Func<string, IEnumerable<string>> resolve = ParameterSetName == LiteralPathSet
            ? path => [Resolve(path)]
            : ResolveWildcards;
        foreach (string path in paths)
        {
            IEnumerable<string> files = [];
            Try(path, () => files = resolve(path));
            foreach (string file in files)
            {
                use(file);
            }
        }
    }

    /// <summary>Tells of what could not be looked at, an error each.</summary>
    /// <returns>Their paths: there is no verdict on those.</returns>
    private protected HashSet<string> ReportAll(IReadOnlyList<Error> errors)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (Error error in errors)
        {
            paths.Add(error.Path ?? string.Empty);
            Report(new RatchetException(error), error.Path);
        }

        return paths;
    }

    /// <summary>What a value is without PowerShell's wrapper; an object of properties keeps its own.</summary>
    private protected static object? Plain(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// Adds a schema that was typed: a text that begins as JSON's objects do is the schema, any other text the path of
    /// one, anything else the schema itself.
    /// </summary>
    /// <exception cref="RatchetException">path.invalid, request.wrong_type.</exception>
    private protected void AddSchema(RequestWriter request, object? schema)
    {
        string? path = Plain(schema) switch
        {
            string text => text,
            FileSystemInfo file => file.FullName,
            _ => null,
        };
        if (path is null)
        {
            request.Add("schema", schema);
        }
        else if (path.AsSpan().TrimStart().StartsWith("{"))
        {
            request.Add("schema_text", path);
        }
        else
        {
            request.Add("schema_path", Resolve(path));
        }
    }

    /// <summary>The absolute paths of schemas that others refer to; null where none were typed.</summary>
    /// <exception cref="RatchetException">path.invalid; io.not_found where one matches nothing.</exception>
    private protected List<string>? ResolveReferences(string[]? references)
    {
        if (references is null)
        {
            return null;
        }

        var files = new List<string>(references.Length);
        foreach (string reference in references)
        {
            files.AddRange(ResolveWildcards(reference));
        }

        return files;
    }

    /// <summary>Writes a verdict; null for <paramref name="valid"/> is "could not check", never true.</summary>
    private protected void WriteVerdict(object verdict, bool? valid, IReadOnlyList<Finding> warnings)
    {
        if (IsStopping)
        {
            return;
        }

        if (!Quiet)
        {
            WriteObject(verdict);
            return;
        }

        isAllValid &= valid == true;
        if (valid is not null)
        {
            return;
        }

        foreach (Finding warning in warnings)
        {
            WriteWarning($"could not check: {warning}");
        }
    }

    private protected sealed override void Report(RatchetException fault, object? target)
    {
        if (!Quiet)
        {
            base.Report(fault, target);
            return;
        }

        isAllValid = false;
        WriteWarning($"could not check: {fault.Message}");
    }
}
