using System.Collections.Generic;

namespace Ratchet.Results;

/// <summary>What came of files that were written together.</summary>
public sealed class WrittenFiles
{
    internal WrittenFiles(string projectRoot, IReadOnlyList<WrittenFile> files, CommitResult result)
    {
        ProjectRoot = projectRoot;
        Files = files;
        Result = result;
    }

    /// <summary>Gets whether all were written; else none was.</summary>
    public bool Written => Result.Success && !Result.DryRun;

    /// <summary>Gets how many were written.</summary>
    public int FilesWritten => Written ? Files.Count : 0;

    /// <summary>Gets the SHA-256 of the one file; null where there are more.</summary>
    public string? Sha256 => Files.Count == 1 ? Files[0].Sha256 : null;

    /// <summary>Gets the files, in the order in which they were given.</summary>
    public IReadOnlyList<WrittenFile> Files { get; }

    /// <summary>Gets the folder that the paths are relative to.</summary>
    public string ProjectRoot { get; }

    /// <summary>Gets the transaction's own result, with what was created and modified.</summary>
    public CommitResult Result { get; }

    /// <summary>A value by its name in JSON; null where there is none.</summary>
    public object? this[string name] => name switch
    {
        "written" => Written,
        "files_written" => FilesWritten,
        "sha256" => Sha256,
        "files" => Files,
        "project_root" => ProjectRoot,
        _ => Result[name],
    };

    /// <summary>The transaction's result, the engine's own bytes.</summary>
    public string ToJson() => Result.ToJson();
}
