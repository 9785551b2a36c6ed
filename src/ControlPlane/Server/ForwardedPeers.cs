using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Sidecar.ControlPlane.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace Sidecar.ControlPlane.Server;

/// <summary>Whose word on scheme, host and client address counts: the embedded outpost's on the socket, else that of declared proxies.</summary>
internal static class ForwardedPeers
{
    private const string Variable = "AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS";

    public static void UseForwardedPeers(this WebApplication app, ControlPlaneOptions options)
    {
        if (!options.EmbeddedOutpost.Enabled)
        {
            var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ForwardedPeers));
            app.Use((http, next) => RefuseUndeclaredAsync(http, next, options.TrustedProxies, log));
        }

        app.UseForwardedHeaders(OptionsFor(options));
    }

    private static ForwardedHeadersOptions OptionsFor(ControlPlaneOptions options)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // Behind the socket there is one hop, the outpost, which has judged the others. Else: from the right as far as peers are declared.
            ForwardLimit = options.EmbeddedOutpost.Enabled ? 1 : null,
        };

        // Both lists empty: every peer is believed. That is so on the socket alone, which nobody else can open.
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        if (!options.EmbeddedOutpost.Enabled)
        {
            foreach (var network in options.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            // With no network declared an empty list would mean everybody.
            forwarded.KnownProxies.Add(IPAddress.None);
        }

        return forwarded;
    }

    private static Task RefuseUndeclaredAsync(HttpContext http, RequestDelegate next, IReadOnlyList<IPNetwork> declared, ILogger log)
    {
        if (!CarriesForwarded(http.Request.Headers) || IsDeclared(http.Connection.RemoteIpAddress, declared))
        {
            return next(http);
        }

        log.UndeclaredPeer(http.Connection.RemoteIpAddress);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsync(
            $"This request came from {http.Connection.RemoteIpAddress} with X-Forwarded headers, but that address is no declared proxy. Add it to {Variable} if it is one.\n");
    }

    private static bool CarriesForwarded(IHeaderDictionary headers) =>
        headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Forwarded-Proto") || headers.ContainsKey("X-Forwarded-Host");

    private static bool IsDeclared(IPAddress? peer, IReadOnlyList<IPNetwork> declared)
    {
        var address = peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
        return address is not null && declared.Any(network => network.Contains(address));
    }
}
