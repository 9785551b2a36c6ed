using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// The proxy's question. A hit (known proof, held principal) is answered here: no I/O, no lock, no await, nothing allocated. Everything else goes on to
/// <see cref="CheckMiss"/>.
/// </summary>
internal sealed class ForwardAuthEndpoint(
    ServingHolder holder,
    ServingViews views,
    OutpostOptions options,
    ContactClock clock,
    Hits hits,
    OutpostMetrics metrics,
    CheckRefusals refusals,
    IgnoredIdentity ignoredIdentity,
    CheckMiss miss)
{
    public Task AnswerAsync(HttpContext context, Dialect dialect)
    {
        var started = Stopwatch.GetTimestamp();
        // Now, because to read a clock is to wait for all memory that is still on its way.
        var now = clock.Read();
        var features = context.Features;
        var question = features.GetRequiredFeature<IHttpRequestFeature>();
        // Taken once: everything below decides on this one value.
        var serving = holder.Current;
        if (!IsTrusted(features.Get<IHttpConnectionFeature>()?.RemoteIpAddress))
        {
            return refusals.PeerAsync(context, dialect, serving, started);
        }

        var problem = Read(dialect, question, out var request, out var spoofed, out var ignored);
        if (spoofed is not null)
        {
            return refusals.SpoofAsync(context, dialect, spoofed, serving, started);
        }

        if (ignored is not null)
        {
            ignoredIdentity.Saw(ignored, dialect, context);
        }

        if (serving is null)
        {
            return refusals.UnreadableAsync(context, dialect, Reason.NoSnapshot, serving, started);
        }

        if (problem != Reason.Unset)
        {
            return refusals.UnreadableAsync(context, dialect, problem, serving, started);
        }

        var cookies = question.Headers.Cookie;
        var glance = hits.Glance(cookies);
        var view = views.Of(serving);
        if (view.FindByHost(request.Authority, out problem) is not { } application)
        {
            return refusals.HostAsync(context, dialect, problem, request, serving, started);
        }

        hits.Approach(glance, application);
        if (RoutedHost.IsAnother(dialect, question.Headers, view, application))
        {
            return refusals.UnreadableAsync(context, dialect, Reason.AmbiguousForwardedHeaders, serving, started);
        }

        if (clock.IsStale(now, application.IsStrict))
        {
            return refusals.StaleAsync(context, dialect, request, serving, started);
        }

        if (!IsOwn(dialect, request)
            && hits.Find(glance, application, dialect, request.Path, cookies, question.Headers.Authorization, now.UnixSeconds, out var reason) is { } answer)
        {
            AnswerWriter.Allow(features, features.GetRequiredFeature<IHttpResponseFeature>(), answer);
            metrics.Decided(application.Compiled, request.Method, Verdict.Allow, reason, Stopwatch.GetTimestamp() - started);
            return Task.CompletedTask;
        }

        return miss.AnswerAsync(new Visit
        {
            Context = context,
            Dialect = dialect,
            Request = request,
            View = view,
            Application = application,
            Started = started,
        });
    }

    private bool IsTrusted(IPAddress? peer) => peer is not null && options.TrustedProxies.Contains(peer);

    private Reason Read(Dialect dialect, IHttpRequestFeature question, out ForwardedRequest request, out string? spoofed, out string? ignored)
    {
        request = default;
        using var headers = RequestHeaders.Of(question.Headers);
        spoofed = SpoofGuard.Find(headers, options.IdentityHeaders, out ignored);
        return spoofed is null ? DialectReader.TryRead(dialect, question, headers, out request) : Reason.SpoofedHeader;
    }

    /// <summary>Whether the request is for the outpost itself: one of its addresses or query signatures. No such request is ever let through.</summary>
    private static bool IsOwn(Dialect dialect, in ForwardedRequest request) =>
        request.Path.StartsWith(OutpostPaths.Folder, StringComparison.OrdinalIgnoreCase)
        || (dialect != Dialect.Nginx && OwnRequest.MayHaveSignature(request.Query));
}
