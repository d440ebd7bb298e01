using System;
using System.IO;

namespace Ratchet.Interop;

/// <summary>The <c>ratchet</c> program beside the native library: the engine starts it as its watchdog.</summary>
internal static class PackagedProgram
{
    private const UnixFileMode ReadBits = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int FromReadToExecute = 2;

    /// <summary>
    /// Lets whoever may read the program execute it: archives and package managers lose that bit. Where it is
    /// missing or somebody else's, nothing happens; <c>doctor</c> says what that means.
    /// </summary>
    /// <param name="libraryPath">The absolute path of the native library.</param>
    internal static void MakeExecutable(string libraryPath)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string program = Path.Combine(Path.GetDirectoryName(libraryPath) ?? string.Empty, "ratchet");
        try
        {
            UnixFileMode mode = File.GetUnixFileMode(program);
            UnixFileMode wanted = mode | (UnixFileMode)((int)(mode & ReadBits) >> FromReadToExecute);
            if (wanted != mode)
            {
                File.SetUnixFileMode(program, wanted);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not ours to change, or not there.
        }
    }
}
