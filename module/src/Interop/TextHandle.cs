namespace Ratchet.Interop;

/// <summary>A text that the native library handed out.</summary>
internal sealed class TextHandle : NativeHandle
{
    internal TextHandle(NativeMethods native, ulong id)
        : base(native, id)
    {
    }

    protected override bool ReleaseHandle() => Native.FreeText((ulong)handle) == NativeStatus.Ok;
}
