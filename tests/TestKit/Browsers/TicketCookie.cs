namespace Sidecar.TestKit.Browsers;

/// <summary>The cookie that a sign-in ends with.</summary>
public static class TicketCookie
{
    /// <summary><c>name=value</c>, as the requests to this host carry it; null without a sign-in there.</summary>
    public static string? Of(Browser browser, Uri host)
    {
        ArgumentNullException.ThrowIfNull(browser);
        var ticket = browser.Cookies.GetCookies(host).FirstOrDefault(
            cookie => cookie.Name.StartsWith("authentik_proxy_", StringComparison.Ordinal) && !cookie.Name.EndsWith("_signin", StringComparison.Ordinal));
        return ticket is null ? null : $"{ticket.Name}={ticket.Value}";
    }
}
