using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tickets;

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
    ProofCache<CachedTicket> tickets,
    ProofCache<AcceptedCredential> credentials,
    PrincipalTable principals,
    IdentityAnswers answers,
    OutpostMetrics metrics,
    CheckRefusals refusals,
    IgnoredIdentity ignoredIdentity,
    CheckMiss miss)
{
    public Task AnswerAsync(HttpContext context, Dialect dialect)
    {
        var started = Stopwatch.GetTimestamp();
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

        var view = views.Of(serving);
        if (view.FindByHost(request.Authority, out problem) is not { } application)
        {
            return refusals.HostAsync(context, dialect, problem, request, serving, started);
        }

        if (RoutedHost.IsAnother(dialect, question.Headers, view, application))
        {
            return refusals.UnreadableAsync(context, dialect, Reason.AmbiguousForwardedHeaders, serving, started);
        }

        if (clock.IsStale(application.Compiled.Record.Strict))
        {
            return refusals.StaleAsync(context, dialect, request, serving, started);
        }

        if (!IsOwn(dialect, request) && TryHit(features, question.Headers, dialect, request, application, out var reason))
        {
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

    private bool TryHit(
        IFeatureCollection features, IHeaderDictionary headers, Dialect dialect, in ForwardedRequest request, ApplicationView application, out Reason reason)
    {
        reason = Reason.Unset;
        var slots = default(CookieSlots);
        var count = CookieReader.Find(headers.Cookie, application.CookieName, ref slots);
        var clientId = application.Provider.ClientId;
        Proof? proof = null;
        if (count == 1)
        {
            proof = tickets.Find(slots[0].Value, clientId);
        }
        else if (count == 0 && application.Provider.InterceptHeaderAuth && headers.Authorization is { Count: 1 } authorization)
        {
            proof = credentials.Find(authorization[0], clientId);
        }

        if (proof?.Answer is not { } answer || !StillStands(proof, answer, application))
        {
            return false;
        }

        var decision = DecisionEngine.Decide(application.Compiled, request.Path, answer.Facts);
        if (decision.Verdict != Verdict.Allow)
        {
            return false;
        }

        reason = decision.Reason;
        if (reason == Reason.PublicPath)
        {
            // Open to everybody, but the bindings did not let this person in: nobody's identity goes with it.
            AnswerWriter.Allow(features, features.GetRequiredFeature<IHttpResponseFeature>(), application.Nobody);
            return true;
        }

        if (answer.Size > IdentityBudget.For(dialect, application.Provider))
        {
            return false;
        }

        AnswerWriter.Allow(features, features.GetRequiredFeature<IHttpResponseFeature>(), answer);
        return true;
    }

    private bool StillStands(Proof proof, IdentityAnswer answer, ApplicationView application)
    {
        var now = clock.ControlPlaneUnixSeconds;

        // The very copy that the answer was made from: that one was active and listed the session or credential.
        if (!ReferenceEquals(answer.Application, application) || now >= proof.ExpiresAt || now >= answer.ExpiresAt
            || !principals.TryGet(proof.PrincipalId, out var principal) || !ReferenceEquals(principal, answer.Principal)
            || (proof.SessionId is { } session && principals.IsEnded(session)))
        {
            return false;
        }

        if (now >= answer.RenewAt && answer.TryClaimRenewal())
        {
            answers.Renew(proof, answer);
        }

        return true;
    }
}
