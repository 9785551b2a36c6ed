using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>A browser at the outpost's own addresses: the host is what a declared proxy says, else the request's own.</summary>
internal sealed class DirectReader(OutpostOptions options)
{
    /// <returns><see cref="Reason.Unset"/> when the request can be answered.</returns>
    public Reason TryRead(IHttpRequestFeature request, IPAddress? peer, out ForwardedRequest read)
    {
        read = default;
        var forwarded = request.Headers[ForwardedHeadersDialect.Host];
        if (forwarded.Count > 0 && (peer is null || !options.TrustedProxies.Contains(peer)))
        {
            return Reason.UntrustedPeer;
        }

        var problem = SingleHeader.ReadToken(forwarded.Count > 0 ? forwarded : request.Headers.Host, out var host);
        if (problem != Reason.Unset)
        {
            return problem;
        }

        problem = ForwardedTarget.Check(request.RawTarget);
        if (problem == Reason.Unset)
        {
            read = new ForwardedRequest(host, 0, host.Length, request.RawTarget, 0, request.Method, isWebSocket: false);
        }

        return problem;
    }
}
