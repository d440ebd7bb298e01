using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Security.Cryptography;
using Ratchet.Interop;
using Ratchet.Results;

namespace Ratchet.Engine;

/// <summary>Contents that are to be written together.</summary>
internal sealed class FilesToWrite
{
    private readonly List<(FileOperation Operation, string Sha256, long Size)> files = [];
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    internal int Count => files.Count;

    /// <exception cref="RatchetException">
    /// batch.duplicate_path: the path was given before; text.invalid_utf8, request.constraint: the content.
    /// </exception>
    internal void Add(string absolutePath, string content, string encoding)
    {
        byte[] bytes = ContentEncoding.Bytes(content, encoding, absolutePath);
        if (!paths.Add(absolutePath))
        {
            throw new RatchetException(
                "batch.duplicate_path", "invalid_input", $"\"{absolutePath}\" is given twice; give it one content");
        }

        string hash = Convert.ToHexString(SHA256.HashData(bytes)).ToLower(CultureInfo.InvariantCulture);
        bool isPlain = ContentEncoding.IsPlainUtf8(encoding);
        var operation = new FileOperation
        {
            Operation = "write",
            Path = absolutePath,
            Content = isPlain ? content : null,
            Bytes = isPlain ? null : bytes,
        };
        files.Add((operation, hash, bytes.Length));
    }

    /// <summary>The folder of the project that all of them belong to.</summary>
    internal string CommonProject()
    {
        var all = new string[files.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = files[i].Operation.Path;
        }

        return ProjectFolder.Above(all);
    }

    /// <summary>The operations as the engine takes them.</summary>
    /// <exception cref="RatchetException">path.*: one is not in the project.</exception>
    internal IReadOnlyList<OrderedDictionary> Requests(ProjectFolder folder) =>
        files.ConvertAll(file => file.Operation.Request(folder));

    internal IReadOnlyList<WrittenFile> Describe(ProjectFolder folder) =>
        files.ConvertAll(file => new WrittenFile(folder.Relative(file.Operation.Path), file.Sha256, file.Size));
}
