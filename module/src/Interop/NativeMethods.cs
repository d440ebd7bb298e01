using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Ratchet.Interop;

/// <summary>
/// All imports of libratchet, loaded from one absolute path.
/// </summary>
/// <remarks>
/// Function pointers and no static imports, so that the path is the caller's choice and a library that
/// cannot be used is one clear <see cref="RatchetException"/> at load and not a fault at the first call.
/// The library stays in the process. Thread-safe.
/// </remarks>
internal sealed unsafe class NativeMethods
{
    /// <summary>The ABI that this code was written against (RATCHET_ABI_VERSION).</summary>
    internal const uint AbiVersion = 1;

    private readonly delegate* unmanaged<byte*, nuint, ulong*, ulong*, int> open;
    private readonly delegate* unmanaged<ulong, int> close;
    private readonly delegate* unmanaged<ulong, byte*, nuint, byte*, nuint, ulong*, ulong*, int> call;
    private readonly delegate* unmanaged<ulong, byte*, nuint, byte*, nuint, ulong*, ulong*, int> start;
    private readonly delegate* unmanaged<ulong, long, int> wait;
    private readonly delegate* unmanaged<ulong, ulong*, int> takeEvent;
    private readonly delegate* unmanaged<ulong, ulong*, ulong*, int> result;
    private readonly delegate* unmanaged<ulong, int, int> cancel;
    private readonly delegate* unmanaged<ulong, int> release;
    private readonly delegate* unmanaged<ulong, byte*> textData;
    private readonly delegate* unmanaged<ulong, nuint> textSize;
    private readonly delegate* unmanaged<ulong, int> textFree;

    private NativeMethods(nint library, string path)
    {
        Path = path;
        // First, before anything else is looked for: an older library may lack functions.
        var abiVersion = (delegate* unmanaged<uint>)Export(library, "ratchet_abi_version", path);
        var version = (delegate* unmanaged<byte*>)Export(library, "ratchet_version", path);
        Version = Marshal.PtrToStringUTF8((nint)version()) ?? string.Empty;
        uint found = abiVersion();
        if (found != AbiVersion)
        {
            throw new RatchetException(
                "module.abi_mismatch",
                "unsupported",
                $"\"{path}\" is version {Version} with ABI {found}, and this module needs ABI {AbiVersion}; "
                    + "install the module and its library from one package");
        }

        open = (delegate* unmanaged<byte*, nuint, ulong*, ulong*, int>)Export(library, "ratchet_open", path);
        close = (delegate* unmanaged<ulong, int>)Export(library, "ratchet_close", path);
        call = (delegate* unmanaged<ulong, byte*, nuint, byte*, nuint, ulong*, ulong*, int>)
            Export(library, "ratchet_call", path);
        start = (delegate* unmanaged<ulong, byte*, nuint, byte*, nuint, ulong*, ulong*, int>)
            Export(library, "ratchet_start", path);
        wait = (delegate* unmanaged<ulong, long, int>)Export(library, "ratchet_wait", path);
        takeEvent = (delegate* unmanaged<ulong, ulong*, int>)Export(library, "ratchet_event", path);
        result = (delegate* unmanaged<ulong, ulong*, ulong*, int>)Export(library, "ratchet_result", path);
        cancel = (delegate* unmanaged<ulong, int, int>)Export(library, "ratchet_cancel", path);
        release = (delegate* unmanaged<ulong, int>)Export(library, "ratchet_release", path);
        textData = (delegate* unmanaged<ulong, byte*>)Export(library, "ratchet_text_data", path);
        textSize = (delegate* unmanaged<ulong, nuint>)Export(library, "ratchet_text_size", path);
        textFree = (delegate* unmanaged<ulong, int>)Export(library, "ratchet_text_free", path);
    }

    /// <summary>Gets the absolute path that the library was loaded from.</summary>
    internal string Path { get; }

    /// <summary>Gets the version of the loaded library.</summary>
    internal string Version { get; }

    /// <summary>Loads the library and checks its ABI.</summary>
    /// <exception cref="RatchetException">
    /// module.library_missing, module.library_unusable, module.abi_mismatch.
    /// </exception>
    internal static NativeMethods Load(string path)
    {
        if (!System.IO.Path.IsPathFullyQualified(path))
        {
            throw new RatchetException(
                "path.invalid", "invalid_input", $"the native library \"{path}\" must be named by an absolute path");
        }

        if (!File.Exists(path))
        {
            throw new RatchetException(
                "module.library_missing",
                "not_found",
                $"the native library \"{path}\" does not exist; {NativeLibraryPath.Advice(path)}");
        }

        try
        {
            return new NativeMethods(NativeLibrary.Load(path), path);
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            throw Unusable(path, fault.Message, fault);
        }
    }

    internal EngineHandle Open(ReadOnlySpan<byte> options)
    {
        ulong engine = 0;
        ulong error = 0;
        NativeStatus status;
        fixed (byte* data = options)
        {
            status = (NativeStatus)open(data, (nuint)options.Length, &engine, &error);
        }

        ThrowUnlessOk(status, error);
        return new EngineHandle(this, engine);
    }

    internal NativeStatus Close(ulong engine) => (NativeStatus)close(engine);

    internal byte[] Call(EngineHandle engine, string operation, ReadOnlySpan<byte> request)
    {
        ulong text = 0;
        ulong error = 0;
        byte[] nameBytes = Encoding.UTF8.GetBytes(operation);
        NativeStatus status;
        fixed (byte* name = nameBytes)
        {
            fixed (byte* data = request)
            {
                status = (NativeStatus)call(
                    engine.Id,
                    name,
                    (nuint)nameBytes.Length,
                    data,
                    (nuint)request.Length,
                    &text,
                    &error);
            }
        }

        GC.KeepAlive(engine);
        ThrowUnlessOk(status, error);
        return TakeText(text);
    }

    internal JobHandle Start(EngineHandle engine, string operation, ReadOnlySpan<byte> request)
    {
        ulong job = 0;
        ulong error = 0;
        byte[] nameBytes = Encoding.UTF8.GetBytes(operation);
        NativeStatus status;
        fixed (byte* name = nameBytes)
        {
            fixed (byte* data = request)
            {
                status = (NativeStatus)start(
                    engine.Id,
                    name,
                    (nuint)nameBytes.Length,
                    data,
                    (nuint)request.Length,
                    &job,
                    &error);
            }
        }

        GC.KeepAlive(engine);
        ThrowUnlessOk(status, error);
        return new JobHandle(this, job);
    }

    internal NativeStatus Wait(JobHandle job, long milliseconds)
    {
        var status = (NativeStatus)wait(job.Id, milliseconds);
        GC.KeepAlive(job);
        return status;
    }

    /// <summary>The oldest waiting event; null when there is none.</summary>
    internal byte[]? TakeEvent(JobHandle job)
    {
        ulong text = 0;
        var status = (NativeStatus)takeEvent(job.Id, &text);
        GC.KeepAlive(job);
        if (status == NativeStatus.None)
        {
            return null;
        }

        ThrowUnlessOk(status, 0);
        return TakeText(text);
    }

    internal byte[] Result(JobHandle job)
    {
        ulong text = 0;
        ulong error = 0;
        var status = (NativeStatus)result(job.Id, &text, &error);
        GC.KeepAlive(job);
        ThrowUnlessOk(status, error);
        return TakeText(text);
    }

    internal NativeStatus Cancel(JobHandle job, bool atOnce)
    {
        var status = (NativeStatus)cancel(job.Id, atOnce ? 1 : 0);
        GC.KeepAlive(job);
        return status;
    }

    internal NativeStatus Release(ulong job) => (NativeStatus)release(job);

    internal NativeStatus FreeText(ulong text) => (NativeStatus)textFree(text);

    /// <summary>The bytes of a text as our own; the text is given back.</summary>
    internal byte[] TakeText(ulong text)
    {
        using var handle = new TextHandle(this, text);
        return new ReadOnlySpan<byte>(textData(text), checked((int)textSize(text))).ToArray();
    }

    private static nint Export(nint library, string name, string path) =>
        NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw Unusable(path, $"it has no function {name}", null);

    private static RatchetException Unusable(string path, string reason, Exception? cause) =>
        new(
            "module.library_unusable",
            "unsupported",
            $"the native library \"{path}\" cannot be used in this {RuntimeInformation.ProcessArchitecture} process "
                + $"of {RuntimeInformation.OSDescription}: {OneLine(reason)}; {NativeLibraryPath.Advice(path)}",
            cause);

    /// <summary>The loader lists every place that it tried, a line each; the first says what is wrong.</summary>
    private static string OneLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).TrimEnd('.', ' ');
    }

    private void ThrowUnlessOk(NativeStatus status, ulong error)
    {
        if (status == NativeStatus.Ok)
        {
            return;
        }

        if (error != 0)
        {
            throw RatchetException.FromJson(TakeText(error));
        }

        throw status == NativeStatus.InvalidHandle
            ? new RatchetException("abi.invalid_handle", "invalid_argument", "the handle was released before")
            : new RatchetException("internal.error", "internal", $"the native library answered {status} and no error");
    }
}
