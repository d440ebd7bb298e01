using System;
using System.IO;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>Writes a result to a file of the caller's choice.</summary>
internal static class ResultFile
{
    /// <summary>Throws where <see cref="Write"/> could not work: before a run, not after it.</summary>
    /// <exception cref="RatchetException">io.not_found, io.not_a_file.</exception>
    internal static void Check(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
        {
            throw new RatchetException(
                "io.not_found", "not_found", $"cannot write \"{path}\": the folder \"{folder}\" does not exist");
        }

        if (Directory.Exists(path))
        {
            throw new RatchetException("io.not_a_file", "invalid_input", $"cannot write \"{path}\": it is a folder");
        }
    }

    /// <summary>Writes the engine's own bytes and a line end; the file is there whole or not at all.</summary>
    /// <exception cref="RatchetException">io.error.</exception>
    internal static void Write(string path, ResultObject result)
    {
        string temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.WriteAllText(temporary, result.ToJson() + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new RatchetException("io.error", "io", $"cannot write \"{path}\": {fault.Message}", fault);
        }
    }
}
