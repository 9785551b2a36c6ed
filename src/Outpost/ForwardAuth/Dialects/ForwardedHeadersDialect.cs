using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>Traefik and Caddy: <c>X-Forwarded-Proto</c>, <c>-Host</c>, <c>-Uri</c> and <c>-Method</c>. No other header takes part, least of all an alias of these.</summary>
internal static class ForwardedHeadersDialect
{
    public const string Proto = "X-Forwarded-Proto";
    public const string Host = "X-Forwarded-Host";
    public const string Uri = "X-Forwarded-Uri";
    public const string Method = "X-Forwarded-Method";

    public static Reason TryRead(in RequestHeaders headers, out ForwardedRequest request)
    {
        request = default;
        var problem = SingleHeader.ReadToken(headers[Proto], out var scheme);
        if (problem != Reason.Unset)
        {
            return problem;
        }

        problem = SingleHeader.ReadToken(headers[Host], out var host);
        if (problem != Reason.Unset)
        {
            return problem;
        }

        problem = SingleHeader.Read(headers[Uri], out var target);
        return problem != Reason.Unset ? problem : Build(headers, scheme, host, target, out request);
    }

    private static Reason Build(in RequestHeaders headers, string scheme, string host, string target, out ForwardedRequest request)
    {
        request = default;
        if (!ForwardedScheme.TryRead(scheme, out var isWebSocket))
        {
            return Reason.AmbiguousForwardedHeaders;
        }

        var problem = SingleHeader.ReadOptional(headers[Method], out var method);
        if (problem == Reason.Unset)
        {
            problem = ForwardedTarget.Check(target);
        }

        if (problem == Reason.Unset)
        {
            request = new ForwardedRequest(host, 0, host.Length, target, 0, method, isWebSocket);
        }

        return problem;
    }
}
