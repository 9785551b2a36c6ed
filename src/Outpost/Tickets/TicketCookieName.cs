using System.Runtime.InteropServices;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// The name of an application's ticket cookie, as the part in which two applications' names differ: kept where the application is kept, so that to compare it
/// follows no reference.
/// </summary>
internal readonly struct TicketCookieName
{
    public const string Prefix = "authentik_proxy_";
    public const int Digits = 8;

    private readonly UInt128 _digits;

    /// <param name="name"><see cref="Contracts.Tickets.Ticket.CookieName"/>.</param>
    public TicketCookieName(string name)
    {
        if (name.Length != Prefix.Length + Digits || !name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new ArgumentException("not the name of a ticket's cookie", nameof(name));
        }

        _digits = Read(name.AsSpan(Prefix.Length));
    }

    /// <param name="cookie">One whose name is known to be the prefix and as many characters.</param>
    public bool IsOf(in CookieSlice cookie) => Read(cookie.Header.AsSpan(cookie.Start - 1 - Digits, Digits)) == _digits;

    // Eight characters of two bytes.
    private static UInt128 Read(ReadOnlySpan<char> digits) => MemoryMarshal.Read<UInt128>(MemoryMarshal.AsBytes(digits));
}
