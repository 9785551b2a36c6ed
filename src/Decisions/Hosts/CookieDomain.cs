namespace Sidecar.Decisions.Hosts;

/// <summary>A provider's <c>cookie_domain</c>, read once when a snapshot arrives.</summary>
internal static class CookieDomain
{
    /// <summary>
    /// The domain in lower case without outer dots, or null. One label (<c>com</c>, <c>localhost</c>) is refused: it would claim hosts of strangers,
    /// and no browser keeps a cookie for it. An address is refused: nothing lies under it.
    /// </summary>
    public static string? TryParse(string text)
    {
        var domain = text.StartsWith('.') ? text[1..] : text;
        domain = domain.EndsWith('.') ? domain[..^1] : domain;
        return HostText.IsName(domain) && domain.Contains('.') && !HostText.EndsInNumber(domain) ? domain.ToLowerInvariant() : null;
    }
}
