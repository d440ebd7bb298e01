using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Ratchet.Engine;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>
/// Loads the native library when the module is imported, so that a fault is the import's, and ends what
/// is still open when it is removed or the process exits.
/// </summary>
public sealed class LoadedModule : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Gate = new();
    private static NativeMethods? native;

    /// <summary>Gets the transactions that are open in this process.</summary>
    internal static HeldTransactions Held { get; } = new();

    /// <inheritdoc/>
    public void OnImport() => PackagedProgram.MakeExecutable(Native().Path);

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Held.EndAllOf(CurrentRunspace());

    /// <summary>What the module was imported into: another runspace may have it too.</summary>
    internal static Guid CurrentRunspace() => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    /// <summary>A new engine; the caller disposes it.</summary>
    /// <exception cref="RatchetException">module.*: the library cannot be used.</exception>
    internal static EngineSession OpenEngine() => EngineSession.Open(Native());

    private static NativeMethods Native()
    {
        lock (Gate)
        {
            string folder = Path.GetDirectoryName(typeof(LoadedModule).Assembly.Location) ?? string.Empty;
            return native ??= NativeMethods.Load(NativeLibraryPath.In(folder));
        }
    }
}
