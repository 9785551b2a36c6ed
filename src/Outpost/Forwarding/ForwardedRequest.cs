using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Outpost.Forwarding;

/// <summary>
/// A request as the control plane sees it. Who the client is and which address it asked for are said by the outpost; what a client says about
/// that itself counts only when it is a declared proxy.
/// </summary>
internal sealed class ForwardedRequest(TrustedProxies proxies) : HttpTransformer
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";

    // Everything that could tell the control plane another address than ours does.
    private static readonly string[] Dropped =
        [For, Proto, ForwardedHost, "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Forwarded-Scheme", "X-Forwarded-Ssl", "X-Forwarded", "Forwarded",
            "X-Real-IP", "X-Client-IP", "X-Original-URL", "X-Original-URI", "X-Original-Host", "X-Rewrite-URL"];

    private static readonly SearchValues<char> NotInHost = SearchValues.Create("/\\?#@, ");

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in Dropped)
        {
            proxyRequest.Headers.Remove(name);
        }

        var request = httpContext.Request;
        var peer = httpContext.Connection.RemoteIpAddress;
        var isProxy = peer is not null && proxies.Contains(peer);
        proxyRequest.RequestUri = AddressOf(httpContext, destinationPrefix) ?? proxyRequest.RequestUri;
        proxyRequest.Headers.Host = request.Host.Value;
        if (ClientAddress.Find(peer, request.Headers[For], proxies.Contains) is { } client)
        {
            // One address, judged here: the control plane counts failed attempts by it, and a proxy's own would be everybody's.
            proxyRequest.Headers.TryAddWithoutValidation(For, (client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client).ToString());
        }

        proxyRequest.Headers.TryAddWithoutValidation(Proto, isProxy ? SingleOf(request, Proto, IsScheme) ?? request.Scheme : request.Scheme);
        proxyRequest.Headers.TryAddWithoutValidation(ForwardedHost, (isProxy ? SingleOf(request, ForwardedHost, IsHost) : null) ?? request.Host.Value);
    }

    // Two values, or a list, is a proxy that appends to what a client sent: then neither is believed.
    private static string? SingleOf(HttpRequest request, string name, Predicate<string> isValid) =>
        request.Headers[name] is [{ Length: > 0 } value] && isValid(value) ? value : null;

    private static bool IsScheme(string value) => value is "http" or "https";

    private static bool IsHost(string value) =>
        !value.AsSpan().ContainsAny(NotInHost) && Uri.TryCreate($"http://{value}/", UriKind.Absolute, out var uri) && uri.Authority.Length > 0;

    // The raw target as it came: decoding and encoding again could make another path of it.
    private static Uri? AddressOf(HttpContext context, string destinationPrefix) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target && target[0] == '/'
            ? new Uri(destinationPrefix + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
            : null;
}
