using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Installations;

namespace Sidecar.ControlPlane.Setup;

/// <summary>Under which address the browser of this request sees the server. Only set-up asks, and a person confirms the answer.</summary>
internal sealed class ObservedAddress(ControlPlaneOptions options)
{
    /// <summary>Null: nobody who may say told it.</summary>
    public string? Of(HttpContext http) =>
        IsTold(http) ? PublicUrls.Normalize($"{http.Request.Scheme}://{http.Request.Host.Value}") : null;

    // Through the outpost's socket, through a proxy (an undeclared one was refused before), or straight from a declared network.
    private bool IsTold(HttpContext http) =>
        options.EmbeddedOutpost.Enabled || http.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalHostHeaderName) || IsDeclared(http.Connection.RemoteIpAddress);

    private bool IsDeclared(IPAddress? peer) =>
        peer is not null && options.TrustedProxies.Any(network => network.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));
}
