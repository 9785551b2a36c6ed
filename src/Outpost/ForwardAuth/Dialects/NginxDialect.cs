using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>
/// nginx and HAProxy: the whole address in <c>X-Original-URL</c>. Traefik in place of ingress-nginx sends the <c>X-Forwarded-*</c> form to the same address.
/// Each of the two passes the other's headers on from clients (GHSA-5wcc-hf24-rf5h), so when both are there they must agree. <c>X-Original-URI</c> is never read.
/// </summary>
internal static class NginxDialect
{
    public const string Url = "X-Original-URL";
    public const string Method = "X-Original-Method";

    public static Reason TryRead(in RequestHeaders headers, out ForwardedRequest request)
    {
        request = default;
        var problem = SingleHeader.Read(headers[Url], out var url);
        return problem switch
        {
            Reason.Unset => Parse(headers, url, out request),
            Reason.MissingForwardedHeaders when headers[Url].Count == 0 => ForwardedHeadersDialect.TryRead(headers, out request),
            _ => problem,
        };
    }

    private static Reason Parse(in RequestHeaders headers, string url, out ForwardedRequest request)
    {
        request = default;
        var schemeEnd = url.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0 || !ForwardedScheme.TryRead(url.AsSpan(0, schemeEnd), out var isWebSocket))
        {
            return Reason.AmbiguousForwardedHeaders;
        }

        var hostStart = schemeEnd + 3;
        var hostLength = url.AsSpan(hostStart).IndexOfAny('/', '?', '#');
        if (hostLength <= 0)
        {
            return Reason.BadPath;
        }

        var target = hostStart + hostLength;
        var problem = ForwardedTarget.Check(url.AsSpan(target));
        if (problem != Reason.Unset || url.AsSpan(hostStart, hostLength).Contains(',') || Disagrees(headers, url, hostStart, hostLength))
        {
            return problem != Reason.Unset ? problem : Reason.AmbiguousForwardedHeaders;
        }

        problem = SingleHeader.ReadOptional(headers[Method], out var method);
        if (problem == Reason.Unset && method.Length == 0)
        {
            problem = SingleHeader.ReadOptional(headers[ForwardedHeadersDialect.Method], out method);
        }

        request = new ForwardedRequest(url, hostStart, hostLength, url, target, method, isWebSocket);
        return problem;
    }

    private static bool Disagrees(in RequestHeaders headers, string url, int hostStart, int hostLength)
    {
        var host = headers[ForwardedHeadersDialect.Host];
        var target = headers[ForwardedHeadersDialect.Uri];
        return host.Count > 1 || target.Count > 1
            || (host.Count == 1 && !url.AsSpan(hostStart, hostLength).Equals(host[0], StringComparison.OrdinalIgnoreCase))
            || (target.Count == 1 && !url.AsSpan(hostStart + hostLength).SequenceEqual(target[0]));
    }
}
