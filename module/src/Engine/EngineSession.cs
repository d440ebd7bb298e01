using System;
using System.Text.Json;
using Ratchet.Interop;

namespace Ratchet.Engine;

/// <summary>An open engine.</summary>
/// <remarks>
/// Opening costs microseconds: no thread is started and no disk is read. Sessions share nothing.
/// Thread-safe; disposing cancels what runs and waits until it is undone.
/// </remarks>
public sealed class EngineSession : IDisposable
{
    private readonly NativeMethods native;
    private readonly EngineHandle handle;

    private EngineSession(NativeMethods native, EngineHandle handle)
    {
        this.native = native;
        this.handle = handle;
    }

    /// <summary>Gets the version of the native library.</summary>
    public string LibraryVersion => native.Version;

    /// <summary>Opens an engine; <paramref name="options"/> is JSON, and empty for the defaults.</summary>
    /// <exception cref="RatchetException">request.*: the options are wrong.</exception>
    internal static EngineSession Open(NativeMethods native, ReadOnlySpan<byte> options = default) =>
        new(native, native.Open(options));

    /// <summary>Runs an operation in this thread and waits for it: for short work.</summary>
    /// <returns>The result's JSON, the engine's own bytes.</returns>
    /// <exception cref="RatchetException">The operation could not be done.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public byte[] Call(string operation, ReadOnlySpan<byte> request = default) =>
        native.Call(handle, operation, request);

    /// <summary>As <see cref="Call"/>, read.</summary>
    public JsonElement CallForJson(string operation, ReadOnlySpan<byte> request = default) =>
        JsonReading.Parse(Call(operation, request));

    /// <summary>Starts an operation in a thread of the engine's.</summary>
    /// <exception cref="RatchetException">engine.closed, engine.too_many_jobs, operation.unknown.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public Job Start(string operation, ReadOnlySpan<byte> request = default) =>
        new(native, native.Start(handle, operation, request));

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
