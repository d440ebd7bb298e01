using System;
using System.IO;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>The program beside the library can be executed after an import, whatever unpacked it.</summary>
public sealed class PackagedProgramTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ratchet-interop-");

    private string Library => Path.Combine(folder.FullName, "libratchet.so");

    private string Program => Path.Combine(folder.FullName, "ratchet");

    public void Dispose() => folder.Delete(recursive: true);

    [UnixTheory("Windows has no modes")]
    [InlineData("644", "755")]
    [InlineData("600", "700")]
    [InlineData("640", "750")]
    [InlineData("444", "555")]
    [InlineData("755", "755")]
    [InlineData("711", "711")]
    public void Whoever_may_read_it_may_execute_it(string before, string after)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new InvalidOperationException("not for Windows");  // the analyzer of platforms wants to see it
        }

        File.WriteAllText(Program, string.Empty);
        File.SetUnixFileMode(Program, Mode(before));
        PackagedProgram.MakeExecutable(Library);
        Assert.Equal(Mode(after), File.GetUnixFileMode(Program));
    }

    [Fact]
    public void A_program_that_is_missing_is_no_fault()
    {
        PackagedProgram.MakeExecutable(Library);
        Assert.False(File.Exists(Program));
    }

    [Fact]
    public void A_folder_that_is_missing_is_no_fault() =>
        PackagedProgram.MakeExecutable(Path.Combine(folder.FullName, "gone", "libratchet.so"));

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
