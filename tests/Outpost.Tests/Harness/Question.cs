using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>A request as it reaches the outpost, built step by step.</summary>
internal sealed class Question(string target)
{
    private readonly HeaderDictionary _headers = [];
    private string _method = "GET";
    private IPAddress? _peer = IPAddress.Loopback;

    /// <summary>The dialects in which a check is asked.</summary>
    public static readonly string[] Proxies = ["traefik", "caddy", "nginx", "envoy"];

    /// <summary>As this one of <see cref="Proxies"/> asks.</summary>
    public static Question Behind(string proxy, string url, string method = "GET") => proxy switch
    {
        "traefik" => Traefik(url, method),
        "caddy" => Caddy(url, method),
        "nginx" => Nginx(url).With("X-Original-Method", method),
        "envoy" => Envoy(url, method),
        _ => throw new ArgumentOutOfRangeException(nameof(proxy), proxy, "no dialect"),
    };

    public static Question Traefik(string url, string method = "GET") => Forwarded("traefik", url, method);

    public static Question Caddy(string url, string method = "GET") => Forwarded("caddy", url, method);

    public static Question Nginx(string url) =>
        new Question("/outpost.goauthentik.io/auth/nginx").With("X-Original-URL", url).With("Host", "outpost.internal");

    public static Question Envoy(string url, string method = "GET")
    {
        var start = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        return new Question("/outpost.goauthentik.io/auth/envoy" + url[start..]).With("Host", HostOf(url)).By(method);
    }

    /// <summary>A browser that a proxy routed to the outpost itself.</summary>
    public static Question Direct(string url)
    {
        var start = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        return new Question(url[start..]).With("Host", HostOf(url));
    }

    public Question By(string method)
    {
        _method = method;
        return this;
    }

    public Question From(string? peer)
    {
        _peer = peer is null ? null : IPAddress.Parse(peer);
        return this;
    }

    public Question With(string name, StringValues value)
    {
        _headers[name] = value;
        return this;
    }

    /// <summary>Beside what is there under this name already, and before it.</summary>
    public Question WithMore(string name, string value) => With(name, StringValues.Concat(value, _headers[name]));

    public Question Without(string name)
    {
        _headers.Remove(name);
        return this;
    }

    public Question Navigating() => With("Sec-Fetch-Mode", "navigate").With("Sec-Fetch-Dest", "document").With("Accept", "text/html");

    public Question WithCookie(string cookie) => With("Cookie", cookie);

    public Question WithCookie(string name, string value) => WithCookie($"{name}={value}");

    public DefaultHttpContext Build()
    {
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.Method = _method;
        request.RawTarget = target;
        request.Scheme = "http";
        request.Path = "/the-servers-own-reading-is-not-used";
        request.Headers = _headers;
        context.Connection.RemoteIpAddress = _peer;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static Question Forwarded(string dialect, string url, string method)
    {
        var scheme = url[..url.IndexOf(':', StringComparison.Ordinal)];
        var start = url.IndexOf('/', scheme.Length + 3);
        return new Question("/outpost.goauthentik.io/auth/" + dialect)
            .With("Host", "outpost.internal:9000")
            .With("X-Forwarded-Proto", scheme)
            .With("X-Forwarded-Host", HostOf(url))
            .With("X-Forwarded-Uri", url[start..])
            .With("X-Forwarded-Method", method)
            .With("X-Forwarded-For", "203.0.113.7");
    }

    private static string HostOf(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal) + 2;
        return url[start..url.IndexOf('/', start)];
    }
}
