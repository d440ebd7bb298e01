using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Threading;
using Ratchet.Engine;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Commands;

/// <summary>
/// What every cmdlet does alike: an engine of its own, Ctrl+C, paths, and errors whose ErrorId is the
/// engine's code.
/// </summary>
/// <remarks>The pipeline thread does every Write; StopProcessing comes from another one.</remarks>
public abstract class EngineCommand : PSCmdlet, IDisposable
{
    private const string FileSystemProvider = "FileSystem";

    private readonly CancellationTokenSource stopping = new();
    private EngineSession? engine;

    private protected EngineSession Engine => engine ??= LoadedModule.OpenEngine();

    /// <summary>Gets what says that the pipeline was stopped.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>Gets whether the pipeline was stopped: then there is nobody to write to.</summary>
    private protected bool IsStopping => stopping.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose()
    {
        engine?.Dispose();
        stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>Runs what may throw an error of the engine's, and reports it as PowerShell does.</summary>
    /// <returns>Whether it went through.</returns>
    private protected bool Try(object? target, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (RatchetException) when (IsStopping)
        {
            throw new PipelineStoppedException();
        }
        catch (RatchetException fault) when (ErrorRecords.IsAboutTheCall(fault))
        {
            ThrowTerminatingError(ErrorRecords.Of(fault, target));
            throw;
        }
        catch (RatchetException fault)
        {
            Report(fault, target);
            return false;
        }
    }

    /// <summary>Tells that one thing could not be done; the next one may fare better.</summary>
    private protected virtual void Report(RatchetException fault, object? target) =>
        WriteError(ErrorRecords.Of(fault, target));

    /// <summary>An absolute path out of what was typed; nothing is looked up.</summary>
    /// <exception cref="RatchetException">path.invalid: not a path of the file system.</exception>
    internal string Resolve(string path)
    {
        try
        {
            string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                path, out ProviderInfo provider, out _);
            RequireFileSystem(path, provider);
            return resolved;
        }
        catch (Exception fault) when (fault is RuntimeException)
        {
            throw new RatchetException("path.invalid", "invalid_input", fault.Message, fault);
        }
    }

    /// <summary>The project that was typed; the current location where none was.</summary>
    /// <exception cref="RatchetException">path.invalid: not a folder of the file system.</exception>
    internal string ResolveRoot(string? projectRoot) =>
        Resolve(projectRoot ?? SessionState.Path.CurrentLocation.Path);

    /// <summary>The result first, then what was wrong.</summary>
    private protected void WriteResult(object result, IReadOnlyList<Error> errors, object? target)
    {
        if (IsStopping)
        {
            return;
        }

        WriteObject(result);
        foreach (Error error in errors)
        {
            WriteError(ErrorRecords.Of(error, target));
        }
    }

    /// <summary>
    /// A row of a list with its project beside it, so that the next command of a pipeline finds it.
    /// </summary>
    private protected static PSObject InProject(ResultObject row, string root)
    {
        var inProject = new PSObject(row);
        inProject.Properties.Add(new PSNoteProperty("ProjectRoot", root));
        return inProject;
    }

    /// <summary>The absolute paths of all files that a path with wildcards matches.</summary>
    /// <exception cref="RatchetException">path.invalid; io.not_found where it matches nothing.</exception>
    private protected IEnumerable<string> ResolveWildcards(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Resolve(path)];
        }

        Collection<string> found;
        try
        {
            found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            RequireFileSystem(path, provider);
        }
        catch (ItemNotFoundException)
        {
            found = [];
        }
        catch (RuntimeException fault)
        {
            throw new RatchetException("path.invalid", "invalid_input", fault.Message, fault);
        }

        return found.Count > 0
            ? found
            : throw new RatchetException("io.not_found", "not_found", $"no file matches \"{path}\"");
    }

    private static void RequireFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name != FileSystemProvider)
        {
            throw new RatchetException(
                "path.invalid",
                "invalid_input",
                $"\"{path}\" is a path of the provider {provider.Name}; a path of the file system is needed");
        }
    }
}
