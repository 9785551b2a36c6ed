using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Refusals of a question before an application is known. Each names in the log what the administrator has to look at.</summary>
internal sealed class CheckRefusals(Refuser refuser, ILogger<CheckRefusals> logger)
{
    private const string TrustSetting = "AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS";

    public Task PeerAsync(HttpContext context, Dialect dialect, Serving? serving, long started)
    {
        var peer = Refuser.PeerOf(context);
        logger.UntrustedPeer(peer);
        var refusal = new Refusal(Reason.UntrustedPeer) { Detail = $"Forwarded headers came from {peer}, which is not in {TrustSetting}." };
        return refuser.RefuseAsync(context, dialect, refusal, serving, started);
    }

    public Task SpoofAsync(HttpContext context, Dialect dialect, string header, Serving? serving, long started)
    {
        logger.SpoofedHeader(header, Refuser.NameOf(dialect), Refuser.PeerOf(context), Reasons.HelpOf(Reason.SpoofedHeader));
        return refuser.RefuseAsync(context, dialect, new Refusal(Reason.SpoofedHeader), serving, started);
    }

    public Task UnreadableAsync(HttpContext context, Dialect dialect, Reason reason, Serving? serving, long started)
    {
        logger.Unreadable(Reasons.IdOf(reason), Refuser.NameOf(dialect), Refuser.PeerOf(context), Reasons.HelpOf(reason));
        return refuser.RefuseAsync(context, dialect, new Refusal(reason), serving, started);
    }

    public Task HostAsync(HttpContext context, Dialect dialect, Reason reason, in ForwardedRequest request, Serving? serving, long started)
    {
        var host = request.Authority.Length <= 255 ? request.Authority.ToString() : request.Authority[..255].ToString();
        var refusal = new Refusal(reason) { Detail = $"The host asked for is {host}." };
        refuser.Log(context, dialect, refusal, request);
        return refuser.RefuseAsync(context, dialect, refusal, serving, started);
    }

    public Task StaleAsync(HttpContext context, Dialect dialect, in ForwardedRequest request, Serving serving, long started)
    {
        var refusal = new Refusal(Reason.Stale);
        refuser.Log(context, dialect, refusal, request);
        return refuser.RefuseAsync(context, dialect, refusal, serving, started);
    }
}
