using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Ratchet.Interop;

/// <summary>Where the native library lies beside the module's assembly: <c>bin/&lt;rid&gt;/</c>.</summary>
internal static class NativeLibraryPath
{
    /// <summary>The absolute path for the running process; nothing is looked up on disk.</summary>
    /// <param name="moduleFolder">The folder of the module's assembly.</param>
    internal static string In(string moduleFolder) =>
        Path.Combine(Path.GetFullPath(moduleFolder), "bin", RuntimeId(), FileName());

    /// <summary>What to do about a library that is not there or does not load.</summary>
    internal static string Advice(string path)
    {
        string? platforms = Path.GetDirectoryName(Path.GetDirectoryName(path));
        if (platforms is null || !Directory.Exists(platforms))
        {
            return "install the module again";
        }

        string[] folders = Directory.GetDirectories(platforms);
        for (int i = 0; i < folders.Length; i++)
        {
            folders[i] = Path.GetFileName(folders[i]);
        }

        Array.Sort(folders, StringComparer.Ordinal);
        return folders.Length == 0
            ? "install the module again"
            : $"the module was built for {string.Join(", ", folders)}";
    }

    private static string RuntimeId()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            var other => other.ToString(),
        };
        return $"{system}-{architecture}";
    }

    private static string FileName()
    {
        if (OperatingSystem.IsWindows())
        {
            return "ratchet.dll";
        }

        return OperatingSystem.IsMacOS() ? "libratchet.dylib" : "libratchet.so";
    }
}
