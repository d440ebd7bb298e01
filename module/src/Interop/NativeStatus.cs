namespace Ratchet.Interop;

/// <summary>What a function of the native library answers; the values of ratchet.h.</summary>
internal enum NativeStatus
{
    Ok = 0,
    Error = 1,
    InvalidHandle = 2,
    NullPointer = 3,
    Running = 4,
    Events = 5,
    None = 6,
}
