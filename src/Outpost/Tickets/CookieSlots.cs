using System.Runtime.CompilerServices;

namespace Sidecar.Outpost.Tickets;

/// <summary>The cookies of one name that are tried. A sibling host can plant more of them; four is enough for honest browsers.</summary>
[InlineArray(Max)]
internal struct CookieSlots
{
    public const int Max = 4;

    private CookieSlice _first;
}
