using System.Diagnostics;
using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Everything of a check that is not a hit: it may wait, ask, sign and redirect. Each path ends in one written answer.</summary>
internal sealed class CheckMiss(
    TicketFinder tickets,
    CredentialChecker credentials,
    Admission admission,
    SignInStarter starter,
    OwnPages pages,
    Refuser refuser,
    OutpostOptions options,
    OutpostMetrics metrics,
    ILogger<CheckMiss> logger)
{
    public async Task AnswerAsync(Visit visit)
    {
        var refusal = OwnPageOf(visit) is var page && page != OwnPage.None
            ? await AnswerOwnAsync(visit, page)
            : await DecideAsync(visit, visit.Context.RequestAborted);
        if (refusal is not null)
        {
            await refuser.RefuseAsync(visit, refusal);
        }
    }

    // The prefix is routed past nginx's check, and nginx could not pass the answer on; there a query means nothing to us.
    private static OwnPage OwnPageOf(Visit visit)
    {
        var page = OwnRequest.Find(visit.Request);
        return visit.Dialect != Dialect.Nginx || page == OwnPage.None ? page
            : visit.Request.Path.StartsWith(OutpostPaths.Folder, StringComparison.OrdinalIgnoreCase) ? OwnPage.Unknown
            : OwnPage.None;
    }

    private async Task<Refusal?> AnswerOwnAsync(Visit visit, OwnPage page)
    {
        var refusal = visit.Dialect == Dialect.Envoy
            ? OwnPages.AnswerInEnvoyCheck(visit, page)
            : await pages.AnswerAsync(visit, page, visit.Context.RequestAborted);
        if (refusal is null)
        {
            Redirected(visit);
        }

        return refusal;
    }

    private async Task<Refusal?> DecideAsync(Visit visit, CancellationToken cancel)
    {
        var found = await tickets.FindAsync(visit.Application, visit.Headers.Cookie, Budgets.For(visit.Dialect), cancel);
        if (found.Proof is not null)
        {
            return admission.Admit(visit, found);
        }

        var decision = DecisionEngine.Decide(visit.Application.Compiled, visit.Request.Path, principal: null);
        if (decision.Verdict != Verdict.SignIn)
        {
            return admission.AdmitNobody(visit, decision);
        }

        if (found.Reason == Reason.TwoUsers)
        {
            logger.TwoUsers(visit.Request.Authority.ToString());
        }

        // Redirecting because the control plane is away would lead to the control plane.
        return found.Reason switch
        {
            Reason.PrincipalUnavailable => new Refusal(found.Reason),
            Reason.TwoUsers => SignIn(visit, found.Reason),
            _ => await TryCredentialAsync(visit, found.Reason, cancel),
        };
    }

    private async Task<Refusal?> TryCredentialAsync(Visit visit, Reason reason, CancellationToken cancel)
    {
        var authorization = visit.Headers.Authorization;
        // Without a control plane nobody can say whether a credential is one.
        if (options.Files is not null || !visit.Application.TakesAuthorization || authorization.Count != 1 || string.IsNullOrEmpty(authorization[0]))
        {
            return SignIn(visit, reason);
        }

        var client = ClientAddress.Find(visit.Context.Connection.RemoteIpAddress, visit.Headers["X-Forwarded-For"], options.TrustedProxies.Contains);
        var found = await credentials.CheckAsync(visit.Application, authorization[0]!, client, Budgets.For(visit.Dialect), cancel);
        return found switch
        {
            { Proof: not null } => admission.Admit(visit, found),

            // A browser may send the application's own basic authentication with everything; it still has to be able to sign in.
            { Reason: Reason.CredentialRefused } when visit.IsNavigation => SignIn(visit, reason),
            { Reason: Reason.CredentialRefused } => Unauthorized(visit, found.Reason) with
            {
                Challenge = AuthorizationHeader.IsBearer(authorization[0]!) ? "Bearer error=\"invalid_token\"" : null,
            },
            _ => new Refusal(found.Reason),
        };
    }

    private Refusal? SignIn(Visit visit, Reason reason)
    {
        if (!visit.IsNavigation || !visit.CanRedirect)
        {
            return Unauthorized(visit, reason);
        }

        var refusal = starter.Start(visit, string.Concat(visit.OriginHere, visit.Request.PathAndQuery), attempt: 1);
        if (refusal is null)
        {
            Redirected(visit);
        }

        return refusal;
    }

    private Refusal Unauthorized(Visit visit, Reason reason) =>
        options.Files is not null ? new Refusal(Reason.NoControlPlane) : new Refusal(reason) { SignInUrl = visit.Application.StartUrl };

    private void Redirected(Visit visit) =>
        metrics.Decided(visit.Application.Compiled, visit.Request.Method, Verdict.SignIn, Reason.NotSignedIn, Stopwatch.GetTimestamp() - visit.Started);
}
