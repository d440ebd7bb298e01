using System;
using System.IO;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>A project's folder, by all the absolute names that it is known by.</summary>
internal sealed class ProjectFolder
{
    /// <summary>As the systems' own disks compare names, unless somebody has set one of them otherwise.</summary>
    private static readonly StringComparison Names =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string[] names;

    internal ProjectFolder(params string[] names)
    {
        this.names = new string[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            this.names[i] = Normal(names[i]);
        }
    }

    /// <summary>The folder of the project that some files belong to.</summary>
    /// <returns>
    /// The nearest folder above all of them that has a ratchet.yaml or a .git; else the deepest that exists.
    /// </returns>
    internal static string Above(ReadOnlySpan<string> absolutePaths)
    {
        string? common = Path.GetDirectoryName(Normal(absolutePaths[0]));
        foreach (string path in absolutePaths[1..])
        {
            string normal = Normal(path);
            while (common is not null && Below(common, normal) is null or "")
            {
                common = Path.GetDirectoryName(common);
            }
        }

        string deepest = common ?? Root(Normal(absolutePaths[0]));
        while (!Directory.Exists(deepest) && Path.GetDirectoryName(deepest) is { } parent)
        {
            deepest = parent;
        }

        for (string? folder = deepest; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string git = Path.Combine(folder, ".git");
            if (File.Exists(Path.Combine(folder, "ratchet.yaml")) || Directory.Exists(git) || File.Exists(git))
            {
                return folder;
            }
        }

        return deepest;
    }

    /// <summary>The path as seen from the project, with <c>/</c>.</summary>
    /// <exception cref="RatchetException">path.outside_root, path.invalid.</exception>
    internal string Relative(string absolutePath)
    {
        string path = Normal(absolutePath);
        foreach (string name in names)
        {
            switch (Below(name, path))
            {
                case "":
                    throw new RatchetException(
                        "path.invalid",
                        "invalid_input",
                        $"\"{absolutePath}\" is the project root itself; name something in it");
                case { } below:
                    return below.Replace(Path.DirectorySeparatorChar, '/');
            }
        }

        throw new RatchetException(
            "path.outside_root",
            "invalid_input",
            $"\"{path}\" is not in the project root \"{names[0]}\"; a relative path is taken from the current location");
    }

    private static string Normal(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static string Root(string path) => Path.GetPathRoot(path) ?? path;

    /// <summary>What is left of a path below a folder; null where it is not in it.</summary>
    private static string? Below(string folder, string path)
    {
        if (string.Equals(path, folder, Names))
        {
            return string.Empty;
        }

        string prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, Names) ? path[prefix.Length..] : null;
    }
}
