namespace Ratchet.Interop;

/// <summary>A started job. Giving it back never waits; a job that still runs is cancelled.</summary>
internal sealed class JobHandle : NativeHandle
{
    internal JobHandle(NativeMethods native, ulong id)
        : base(native, id)
    {
    }

    protected override bool ReleaseHandle() => Native.Release((ulong)handle) == NativeStatus.Ok;
}
