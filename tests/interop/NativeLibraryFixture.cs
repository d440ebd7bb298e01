using System;
using System.Runtime.InteropServices;
using System.Text;
using Ratchet.Engine;
using Ratchet.Interop;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>The real library, named by RATCHET_LIBRARY; without it every test fails and says so.</summary>
public sealed class NativeLibraryFixture
{
    public NativeLibraryFixture() => Native = NativeMethods.Load(PathOfLibrary());

    internal NativeMethods Native { get; }

    internal static string PathOfLibrary() =>
        Environment.GetEnvironmentVariable("RATCHET_LIBRARY")
            ?? throw new InvalidOperationException("set RATCHET_LIBRARY to the absolute path of the library");

    /// <summary>Gets a value indicating whether this is no Windows, but wine.</summary>
    internal static bool IsWine { get; } =
        OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.Load("ntdll"), "wine_get_version", out _);

    internal static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    internal EngineSession Open(string options = "") => EngineSession.Open(Native, Json(options));
}

[CollectionDefinition(Name)]
public sealed class WithNativeLibrary : ICollectionFixture<NativeLibraryFixture>
{
    public const string Name = "native library";
}
