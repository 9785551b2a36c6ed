using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// A first look at the request's cookies, before it is known whose tickets count. In nearly every request there is one that can be a ticket, and where it would
/// lie in the cache can be worked out, and brought from memory, while the application is found.
/// </summary>
internal readonly struct TicketGlance
{
    private readonly int _count;
    private readonly CookieSlice _only;

    private TicketGlance(int count, CookieSlice only)
    {
        _count = count;
        _only = only;
    }

    public bool IsOnly => _count == 1;

    /// <summary>Empty unless there is exactly one.</summary>
    public ReadOnlySpan<char> Only => _only.Value;

    public static TicketGlance At(in StringValues cookies)
    {
        var slots = default(CookieSlots);
        var count = CookieReader.Find(cookies, TicketCookieName.Prefix, TicketCookieName.Digits, ref slots);
        return new TicketGlance(count, count == 1 ? slots[0] : new CookieSlice("", 0, 0));
    }

    /// <summary>The cookies of one application.</summary>
    /// <returns>How many there are, as <see cref="CookieReader"/> counts.</returns>
    public int Find(in StringValues cookies, ApplicationView application, ref CookieSlots found)
    {
        if (_count > 1)
        {
            return CookieReader.Find(cookies, application.CookieName, ref found);
        }

        found[0] = _only;
        return _count == 1 && application.TicketCookie.IsOf(_only) ? 1 : 0;
    }
}
