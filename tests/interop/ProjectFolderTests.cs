using System;
using System.IO;
using Ratchet.Engine;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>Absolute paths as seen from a project, and the project that files belong to.</summary>
public sealed class ProjectFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ratchet-interop-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("/p", "/p/a", "a")]
    [InlineData("/p/", "/p/a/b", "a/b")]
    [InlineData("/p", "/p/a/", "a")]
    [InlineData("/p", "/p/x/../a", "a")]
    [InlineData("/p", "/link/a", "a")]
    [InlineData("/", "/a/b", "a/b")]
    [InlineData("/p", "/p/-a [1]", "-a [1]")]
    public void A_path_in_the_project_is_seen_from_its_root(string root, string path, string relative)
    {
        Assert.Equal(relative, new ProjectFolder(root, "/link").Relative(path));
    }

    [Theory]
    [InlineData("/pp/a", "path.outside_root")]
    [InlineData("/p/../a", "path.outside_root")]
    [InlineData("/p", "path.invalid")]
    [InlineData("/p/.", "path.invalid")]
    public void A_path_that_is_not_below_the_root_is_refused(string path, string code)
    {
        Assert.Equal(code, Assert.Throws<RatchetException>(() => new ProjectFolder("/p").Relative(path)).Code);
    }

    [Fact]
    public void A_name_in_another_case_is_the_same_folder_on_Windows_alone()
    {
        var project = new ProjectFolder("/p");
        if (OperatingSystem.IsWindows())
        {
            Assert.Equal("A", project.Relative("/P/A"));
        }
        else
        {
            Assert.Equal("path.outside_root", Assert.Throws<RatchetException>(() => project.Relative("/P/A")).Code);
        }
    }

    [Theory]
    [InlineData("ratchet.yaml")]
    [InlineData(".git/")]
    [InlineData(".git")]
    public void The_project_of_files_is_the_nearest_marked_folder_above_all(string mark)
    {
        Make("outer/.git/");
        Make("outer/p/" + mark);
        Make("outer/p/x/");
        Make("outer/p/y/deep/");
        Assert.Equal(At("outer/p"), ProjectFolder.Above([At("outer/p/x/1"), At("outer/p/y/deep/2")]));
        Assert.Equal(At("outer"), ProjectFolder.Above([At("outer/p/x/1"), At("outer/3")]));
    }

    [Fact]
    public void Without_a_mark_it_is_the_deepest_common_folder_that_exists()
    {
        Make("p/x/");
        Assert.Equal(At("p/x"), ProjectFolder.Above([At("p/x/1"), At("p/x/new/2")]));
        Assert.Equal(At("p"), ProjectFolder.Above([At("p/x/1"), At("p/xx/2")]));
        Assert.Equal(At("p/x"), ProjectFolder.Above([At("p/x/new/1"), At("p/x/new/2")]));
        Assert.Equal(At("p"), ProjectFolder.Above([At("p/x"), At("p/x/1")]));
        Assert.Equal(Path.GetFullPath("/"), ProjectFolder.Above(["/no-such-folder-1/a", "/no-such-folder-2/b"]));
    }

    /// <summary>In this system's own spelling.</summary>
    private string At(string path) => Path.GetFullPath(Path.Combine(folder.FullName, path));

    /// <summary>A folder where the path ends in /, else an empty file.</summary>
    private void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        if (!path.EndsWith('/'))
        {
            File.WriteAllBytes(At(path), []);
        }
    }
}
