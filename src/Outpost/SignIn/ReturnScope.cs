namespace Sidecar.Outpost.SignIn;

/// <summary>Where an application's browsers may be sent: its origin, and in domain mode every host below its domain.</summary>
internal sealed record ReturnScope(Origin Origin, string CookieDomain)
{
    /// <param name="host">Lower case, without port.</param>
    public bool Allows(string host) =>
        host == Origin.Host
        || (CookieDomain.Length > 0 && (host == CookieDomain
            || (host.Length > CookieDomain.Length && host[^(CookieDomain.Length + 1)] == '.' && host.EndsWith(CookieDomain, StringComparison.Ordinal))));
}
