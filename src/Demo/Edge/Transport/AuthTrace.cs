using System.Diagnostics;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>Rule R12: with tracing on, the question is a client span and its context travels along.</summary>
internal static class AuthTrace
{
    public static readonly ActivitySource Source = new("Sidecar.Demo.Edge");

    public static Activity? Start(bool enabled, AuthRequest request)
    {
        if (!enabled)
        {
            return null;
        }

        var span = Source.StartActivity("AuthRequest", ActivityKind.Client) ?? Unlistened();
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.full", request.Address);
        request.Headers.Set("traceparent", span.Id!);
        if (span.TraceStateString is { Length: > 0 } state)
        {
            request.Headers.Set("tracestate", state);
        }

        return span;
    }

    // Nobody listens to the source, and still the auth server has to see a context.
    private static Activity Unlistened() => new Activity("AuthRequest").SetIdFormat(ActivityIdFormat.W3C).Start();
}
