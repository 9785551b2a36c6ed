using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>Mode, addresses and open paths of a proxy provider: they only make sense together.</summary>
internal static class ProxyProviderHosts
{
    public static void Apply(JsonBody body, ProxyProvider provider)
    {
        if (body.TryChoice<ProxyMode>("mode", out var mode)
            && !body.Refuses("mode", mode == ProxyMode.Proxy, "The outpost answers proxies and does not forward requests itself; use forward_single or forward_domain."))
        {
            provider.Mode = mode;
        }

        if (body.TryText("external_host", out var external) && IsFree(body, "external_host", HostValue.ProblemOfExternalHost(external)))
        {
            provider.ExternalHost = HostValue.Normalized(external);
        }

        if (body.TryText("internal_host", out var inner, blank: true)
            && (inner.Length == 0 || IsFree(body, "internal_host", HostValue.ProblemOfExternalHost(inner))))
        {
            provider.InternalHost = inner;
        }

        if (body.TryText("cookie_domain", out var domain, blank: true)
            && (domain.Length == 0 || IsFree(body, "cookie_domain", HostValue.ProblemOfCookieDomain(domain))))
        {
            provider.CookieDomain = domain.TrimStart('.');
        }

        if (body.TryLines("skip_path_regex", out var paths) && IsFree(body, "skip_path_regex", PathText.ProblemOf(paths)))
        {
            provider.SkipPathRegex = paths;
        }

        CheckDomainMode(body, provider);
    }

    private static void CheckDomainMode(JsonBody body, ProxyProvider provider)
    {
        if (provider.Mode != ProxyMode.ForwardDomain || body.Errors.Has("cookie_domain") || body.Errors.Has("external_host") || provider.ExternalHost.Length == 0)
        {
            return;
        }

        if (body.Refuses("cookie_domain", provider.CookieDomain.Length == 0, "Domain mode needs the domain that all its hosts lie in, for example example.com."))
        {
            return;
        }

        body.Refuses(
            "external_host", !HostValue.IsUnder(provider.ExternalHost, provider.CookieDomain),
            $"Must lie in the cookie domain {provider.CookieDomain}: a browser keeps no cookie for another domain, and nobody could sign in.");
    }

    private static bool IsFree(JsonBody body, string field, string? problem) => !body.Refuses(field, problem is not null, problem ?? "");
}
