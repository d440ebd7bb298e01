namespace Ratchet.Interop;

/// <summary>An open engine. Giving it back cancels its jobs and waits until they have undone their work.</summary>
internal sealed class EngineHandle : NativeHandle
{
    internal EngineHandle(NativeMethods native, ulong id)
        : base(native, id)
    {
    }

    protected override bool ReleaseHandle() => Native.Close((ulong)handle) == NativeStatus.Ok;
}
