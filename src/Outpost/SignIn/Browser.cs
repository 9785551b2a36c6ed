using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.SignIn;

/// <summary>The cookies that tie sign-ins to the browser that is here.</summary>
internal static class Browser
{
    /// <summary>The first one of ours; null for a browser that has none.</summary>
    public static BrowserCookie? Find(Visit visit) => All(visit).FirstOrDefault();

    /// <summary>Whether this browser began the attempt. Every cookie of the name is tried: a planted one must not lock anybody out.</summary>
    public static bool Began(Visit visit, AttemptState attempt) => All(visit).Any(cookie => cookie.Matches(attempt));

    private static List<BrowserCookie> All(Visit visit)
    {
        var slots = default(CookieSlots);
        var count = CookieReader.Find(visit.Headers.Cookie, visit.Application.BrowserCookieName, ref slots);
        var cookies = new List<BrowserCookie>(count);
        for (var i = 0; i < count; i++)
        {
            if (BrowserCookie.TryParse(slots[i].Value) is { } cookie)
            {
                cookies.Add(cookie);
            }
        }

        return cookies;
    }
}
