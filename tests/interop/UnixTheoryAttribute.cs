using System;
using Xunit;

namespace Ratchet.Interop.Tests;

/// <summary>A theory that is skipped on Windows, with its reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute(string reason) => Skip = OperatingSystem.IsWindows() ? reason : null;
}
