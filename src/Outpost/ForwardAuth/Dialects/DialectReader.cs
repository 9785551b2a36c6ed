using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>The proxy's question -> what it is about; refuses what is missing or could be read in two ways.</summary>
internal static class DialectReader
{
    /// <returns><see cref="Reason.Unset"/> when <paramref name="request"/> can be decided on.</returns>
    public static Reason TryRead(Dialect dialect, IHttpRequestFeature question, in RequestHeaders headers, out ForwardedRequest request)
    {
        switch (dialect)
        {
            case Dialect.Traefik or Dialect.Caddy:
                return ForwardedHeadersDialect.TryRead(headers, out request);
            case Dialect.Nginx:
                return NginxDialect.TryRead(headers, out request);
            case Dialect.Envoy:
                return EnvoyDialect.TryRead(question, out request);
            default:
                request = default;
                return Reason.InternalError;
        }
    }
}
