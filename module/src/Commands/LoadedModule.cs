using System.IO;
using System.Management.Automation;
using Ratchet.Engine;
using Ratchet.Interop;

namespace Ratchet.Commands;

/// <summary>Loads the native library when the module is imported, so that a fault is the import's.</summary>
public sealed class LoadedModule : IModuleAssemblyInitializer
{
    private static readonly object Gate = new();
    private static NativeMethods? native;

    /// <inheritdoc/>
    public void OnImport() => Native();

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
