using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Start, callback and sign-out for a browser whose request a proxy routed to the outpost itself.</summary>
internal sealed class DirectEndpoint(
    ServingHolder holder, ServingViews views, DirectReader reader, OwnPages pages, Refuser refuser, CheckRefusals refusals, OutpostMetrics metrics)
{
    public async Task AnswerAsync(HttpContext context, OwnPage page)
    {
        var started = Stopwatch.GetTimestamp();
        var serving = holder.Current;
        if (serving is null)
        {
            await refusals.UnreadableAsync(context, Dialect.Direct, Reason.NoSnapshot, serving, started);
            return;
        }

        var problem = reader.TryRead(context.Features.GetRequiredFeature<IHttpRequestFeature>(), context.Connection.RemoteIpAddress, out var request);
        if (problem != Reason.Unset)
        {
            await (problem == Reason.UntrustedPeer
                ? refusals.PeerAsync(context, Dialect.Direct, serving, started)
                : refusals.UnreadableAsync(context, Dialect.Direct, problem, serving, started));
            return;
        }

        var view = views.Of(serving);
        if (view.FindByHost(request.Authority, out problem) is not { } application)
        {
            await refusals.HostAsync(context, Dialect.Direct, problem, request, serving, started);
            return;
        }

        await AnswerAsync(page, new Visit
        {
            Context = context,
            Dialect = Dialect.Direct,
            Request = request,
            View = view,
            Application = application,
            Started = started,
        });
    }

    /// <summary>Whether a query signature makes this request, at any path of a host that is protected, the outpost's own.</summary>
    public bool IsOwnBySignature(HttpContext context, IHttpRequestFeature request, out OwnPage page)
    {
        page = OwnPage.None;
        var query = request.RawTarget.AsSpan(request.RawTarget.IndexOf('?', StringComparison.Ordinal) + 1);
        return OwnRequest.MayHaveSignature(query) && holder.Current is { } serving
            && reader.TryRead(request, context.Connection.RemoteIpAddress, out var read) == Reason.Unset
            && serving.Compiled.FindByHost(read.Authority) is not null
            && (page = OwnRequest.Find(read)) is OwnPage.Callback or OwnPage.SignOut;
    }

    private async Task AnswerAsync(OwnPage page, Visit visit)
    {
        var refusal = await pages.AnswerAsync(visit, page, visit.Context.RequestAborted);
        if (refusal is not null)
        {
            await refuser.RefuseAsync(visit, refusal);
            return;
        }

        metrics.Decided(visit.Application.Compiled, visit.Request.Method, Verdict.SignIn, Reason.NotSignedIn, Stopwatch.GetTimestamp() - visit.Started);
    }
}
