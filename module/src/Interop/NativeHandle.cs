using System;
using System.Runtime.InteropServices;

namespace Ratchet.Interop;

/// <summary>An id of the native library that is given back when nobody needs it any more.</summary>
/// <remarks>
/// The ids carry a generation that the library checks, so an id that another thread gives back during a
/// call is answered by an error and never followed. That is why calls need no count of their users, and
/// why closing an engine can interrupt the calls that run in it.
/// </remarks>
internal abstract class NativeHandle : SafeHandle
{
    private protected NativeHandle(NativeMethods native, ulong id)
        : base(0, ownsHandle: true)
    {
        Native = native;
        SetHandle((nint)id);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Gets the id.</summary>
    /// <exception cref="ObjectDisposedException">The handle was given back.</exception>
    internal ulong Id
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (ulong)handle;
        }
    }

    private protected NativeMethods Native { get; }
}
