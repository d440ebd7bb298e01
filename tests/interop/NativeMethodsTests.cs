using System;
using System.IO;
using System.Runtime.InteropServices;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>A library that cannot be used is one clear error, whatever is wrong with it.</summary>
public sealed class NativeMethodsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ratchet-interop-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_library_that_is_missing_is_named_with_what_to_do()
    {
        string path = NativeLibraryPath.In(folder.FullName);
        RatchetException fault = LoadFails(path, "module.library_missing", "not_found");
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("install the module again", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_built_for_other_machines_says_for_which()
    {
        folder.CreateSubdirectory("bin/plan9-mips");
        folder.CreateSubdirectory("bin/haiku-x64");
        RatchetException fault = LoadFails(
            NativeLibraryPath.In(folder.FullName), "module.library_missing", "not_found");
        Assert.Contains("built for haiku-x64, plan9-mips", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_named_with_the_process_it_does_not_fit()
    {
        string path = Path.Combine(folder.FullName, LibraryName);
        File.WriteAllText(path, "no library at all, but long enough to be read as the head of one, by far");
        RatchetException fault = LoadFails(path, "module.library_unusable", "unsupported");
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(RuntimeInformation.ProcessArchitecture.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_another_machine_is_unusable()
    {
        string path = Path.Combine(folder.FullName, LibraryName);
        byte[] image = File.ReadAllBytes(NativeLibraryFixture.PathOfLibrary());
        MarkForArm64(image);
        File.WriteAllBytes(path, image);
        RatchetException fault = LoadFails(path, "module.library_unusable", "unsupported");
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_another_abi_is_refused_before_it_is_used()
    {
        string beside = Path.GetDirectoryName(NativeLibraryFixture.PathOfLibrary())!;
        RatchetException fault = LoadFails(
            Path.Combine(beside, LibraryName.Replace("ratchet", "ratchet_other_abi", StringComparison.Ordinal)), "module.abi_mismatch", "unsupported");
        Assert.Contains("ABI 99", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"ABI {NativeMethods.AbiVersion}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_is_refused()
    {
        LoadFails(LibraryName, "path.invalid", "invalid_input");
    }

    private static string LibraryName => Path.GetFileName(NativeLibraryPath.In("/"));

    /// <summary>Writes another machine into the head of a library, where its system's format has it.</summary>
    private static void MarkForArm64(byte[] image)
    {
        if (OperatingSystem.IsWindows())
        {
            // Microsoft's PE format: the offset of the signature, which the machine follows.
            const int SignatureAt = 0x3C;
            int machineAt = BitConverter.ToInt32(image, SignatureAt) + 4;
            image[machineAt] = 0x64;
            image[machineAt + 1] = 0xAA;
            return;
        }

        const int ElfMachine = 18;
        const byte Arm64 = 183;
        image[ElfMachine] = Arm64;
    }

    private static RatchetException LoadFails(string path, string code, string category)
    {
        var fault = Assert.Throws<RatchetException>(() => NativeMethods.Load(path));
        Assert.Equal(code, fault.Code);
        Assert.Equal(category, fault.Category);
        Assert.DoesNotContain('\n', fault.Message);
        return fault;
    }
}
