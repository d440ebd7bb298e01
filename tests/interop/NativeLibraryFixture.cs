using System;
using System.Text;
using Ratchet.Engine;
using Ratchet.Interop;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>The real library, named by RATCHET_LIBRARY; without it every test fails and says so.</summary>
public sealed class NativeLibraryFixture
{
    public NativeLibraryFixture() => Native = NativeMethods.Load(PathFrom("RATCHET_LIBRARY"));

    internal NativeMethods Native { get; }

    internal static string PathFrom(string variable) =>
        Environment.GetEnvironmentVariable(variable)
            ?? throw new InvalidOperationException($"set {variable} to the absolute path of the library");

    internal static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    internal EngineSession Open(string options = "") => EngineSession.Open(Native, Json(options));
}

[CollectionDefinition(Name)]
public sealed class WithNativeLibrary : ICollectionFixture<NativeLibraryFixture>
{
    public const string Name = "native library";
}
