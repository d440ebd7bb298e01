using System;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>A fact that is skipped on Windows, with its reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute(string reason) => Skip = OperatingSystem.IsWindows() ? reason : null;
}
