using Sidecar.Decisions;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.SignOut;

/// <summary>
/// Ends the session behind a ticket. At once only when the person's browser came from this site or from nowhere; any page on the web can send a browser here,
/// so everybody else is asked first.
/// </summary>
internal sealed class SignOutEndpoint(
    TicketFinder tickets,
    PrincipalTable principals,
    EndedSessions ended,
    IControlPlaneCalls controlPlane,
    ContactClock clock,
    ILogger<SignOutEndpoint> logger)
{
    private const string ConfirmMember = "confirm";

    private static readonly TimeSpan PrincipalBudget = TimeSpan.FromSeconds(2);

    /// <returns>Null when the answer is written, else what to answer.</returns>
    public async Task<Refusal?> AnswerAsync(Visit visit, CancellationToken cancel)
    {
        var found = await tickets.FindAsync(visit.Application, visit.Headers.Cookie, PrincipalBudget, cancel);
        if (found.Proof is not CachedTicket ticket)
        {
            // Whose cookie cannot be judged keeps it: the session may still be live, and pretending to have ended it would be worse.
            return found.Reason == Reason.PrincipalUnavailable ? new Refusal(found.Reason) : Done(visit);
        }

        return !visit.IsNavigation ? new Refusal(Reason.SignOutConfirm) { ActionUrl = ConfirmUrl(visit, ticket) }
            : IsMeant(visit, ticket) ? await EndAsync(visit, ticket, cancel)
            : new Refusal(Reason.SignOutConfirm) { ActionUrl = ConfirmUrl(visit, ticket), ActionText = "Sign out" };
    }

    private bool IsMeant(Visit visit, CachedTicket ticket)
    {
        var site = visit.Headers["Sec-Fetch-Site"];
        return (site.Count == 1 && site[0] is "same-origin" or "same-site" or "none")
            || (visit.Application.Sealer is { } sealer
                && SignOutToken.Confirms(sealer, QueryReader.Single(visit.Request.Query, ConfirmMember), ticket, clock.ControlPlaneUnixSeconds));
    }

    private async Task<Refusal?> EndAsync(Visit visit, CachedTicket ticket, CancellationToken cancel)
    {
        // Refused here before anything can fail; kept and delivered later when the control plane is away.
        principals.EndSession(ticket.Session);
        var told = await controlPlane.EndSessionAsync(ticket.Session, cancel);
        if (told)
        {
            ended.MarkDelivered(ticket.Session);
        }

        logger.SignedOut(visit.Application.Compiled.Record.Name, ticket.Session, told);
        if (!told || visit.Application.EndSessionUrl.Length == 0)
        {
            return Done(visit) with
            {
                Detail = told ? null : "The control plane could not be reached. This outpost refuses the session from now on and tells the control plane as soon as it is back.",
            };
        }

        RefusalWriter.Redirect(visit.Context, visit.Application.EndSessionUrl, ClearCookie(visit.Application));
        return null;
    }

    private string? ConfirmUrl(Visit visit, CachedTicket ticket) => visit.Application.Sealer is { CanSeal: true } sealer
        ? $"{visit.OriginHere}{OutpostPaths.SignOut}?{ConfirmMember}={SignOutToken.Make(sealer, ticket, clock.ControlPlaneUnixSeconds)}"
        : null;

    private static Refusal Done(Visit visit) => new(Reason.SignedOut)
    {
        SetCookie = ClearCookie(visit.Application),
        ActionUrl = visit.OriginHere.Length > 0 ? visit.OriginHere + "/" : null,
        ActionText = "Sign in again",
    };

    private static string ClearCookie(ApplicationView application) =>
        SetCookie.Clear(application.CookieName, application.Compiled.IsHttps, application.CookieDomain);
}
