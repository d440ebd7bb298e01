using System;
using System.Collections.Specialized;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>What is to become of one path.</summary>
/// <remarks>
/// Rows of a table have every column, also where it has no meaning: an empty text stands for nothing there,
/// but for the content of a file, which may be empty.
/// </remarks>
internal sealed record FileOperation
{
    /// <summary>Gets its name in the engine: create, update, write, delete, move, make_folder, remove_folder.</summary>
    internal required string Operation { get; init; }

    /// <summary>Gets what it is about; absolute.</summary>
    internal required string Path { get; init; }

    internal string? Content { get; init; }

    internal byte[]? Bytes { get; init; }

    /// <summary>Gets the file to take the content from; absolute.</summary>
    internal string? ContentPath { get; init; }

    internal string? Encoding { get; init; }

    /// <summary>Gets the new path of what is moved; absolute.</summary>
    internal string? Destination { get; init; }

    internal string? ExpectedHash { get; init; }

    internal string? Mode { get; init; }

    internal bool FollowLink { get; init; }

    private bool TakesContent => Operation is "create" or "update" or "write";

    /// <summary>The operation as the engine takes it.</summary>
    /// <exception cref="RatchetException">path.*, text.invalid_utf8, request.constraint.</exception>
    internal OrderedDictionary Request(ProjectFolder folder)
    {
        var request = new OrderedDictionary(StringComparer.Ordinal)
        {
            ["operation"] = Operation,
            ["path"] = folder.Relative(Path),
        };
        AddContent(request);
        if (!string.IsNullOrEmpty(Destination))
        {
            request["to"] = folder.Relative(Destination);
        }

        if (!string.IsNullOrEmpty(ExpectedHash))
        {
            request["expected_sha256"] = ExpectedHash;
        }

        if (!string.IsNullOrEmpty(Mode))
        {
            request["mode"] = Mode;
        }

        if (FollowLink)
        {
            request["follow_link"] = true;
        }

        return request;
    }

    private void AddContent(OrderedDictionary request)
    {
        bool hasOther = Bytes is not null || !string.IsNullOrEmpty(ContentPath);
        if (Content is not null && (Content.Length > 0 || (TakesContent && !hasOther)))
        {
            string encoding = string.IsNullOrEmpty(Encoding) ? ContentEncoding.Default : Encoding;
            byte[] bytes = ContentEncoding.Bytes(Content, encoding, Path);
            bool isPlain = ContentEncoding.IsPlainUtf8(encoding);
            request[isPlain ? "content" : "content_base64"] = isPlain ? Content : Convert.ToBase64String(bytes);
        }

        if (!string.IsNullOrEmpty(ContentPath))
        {
            request["content_path"] = ContentPath;
        }

        if (Bytes is not null)
        {
            if (request.Contains("content_base64"))
            {
                throw new RatchetException(
                    "request.constraint", "invalid_argument", $"\"{Path}\" is given both text and bytes; give one");
            }

            request["content_base64"] = Convert.ToBase64String(Bytes);
        }
    }
}
