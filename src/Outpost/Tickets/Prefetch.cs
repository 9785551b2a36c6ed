using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// Asks the processor to bring memory that will be read soon. With a hundred thousand tickets none of it is in a cache, and what is waited for one after the other
/// is most of a decision. Only a hint: it reads nothing, faults at no address, and is left out where the processor has no such instruction.
/// </summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref T start)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref start));
        }
    }

    /// <summary>The first lines of an object. One that begins within a line takes one more than its size tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object? target, int lines)
    {
        // The collector may move it between the two steps; then other lines come.
        if (Sse.IsSupported)
        {
            var start = (byte*)Unsafe.As<object?, nint>(ref target);
            for (var i = 0; i < lines; i++)
            {
                Sse.Prefetch0(start + (i * LineBytes));
            }
        }
    }

    /// <summary>All bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void All(byte[] bytes)
    {
        if (Sse.IsSupported)
        {
            var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(bytes));
            for (var i = 0; i < bytes.Length; i += LineBytes)
            {
                Sse.Prefetch0(start + i);
            }
        }
    }
}
