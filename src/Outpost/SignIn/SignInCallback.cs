using Sidecar.Contracts.Channel;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.SignIn;

/// <summary>
/// The end of an attempt. Whatever does not fit (stale, foreign, bookmarked, made in another browser) throws its code away and starts over for the browser
/// that is here, the third time with a page. The one way to a cookie is a redeemed code of this browser's own attempt.
/// </summary>
internal sealed class SignInCallback(
    SignInStarter starter,
    TicketFinder tickets,
    PrincipalTable principals,
    IControlPlaneCalls controlPlane,
    ContactClock clock,
    ILogger<SignInCallback> logger)
{
    private const byte MaxAttempts = 3;

    private static readonly TimeSpan PrincipalBudget = TimeSpan.FromSeconds(2);

    /// <returns>Null when the answer is written, else why there is none.</returns>
    public async Task<Refusal?> AnswerAsync(Visit visit, CancellationToken cancel)
    {
        var application = visit.Application;
        if (starter.Obstacle(application) is var obstacle && obstacle != Reason.Unset)
        {
            return new Refusal(obstacle);
        }

        // Link previews and scripts must not use up a person's code.
        if (visit.Request.Method != "GET" || !visit.IsNavigation)
        {
            return new Refusal(Reason.SignInFailed) { Detail = "A sign-in can only be completed by a browser that opens the address." };
        }

        var query = CallbackQuery.Read(visit.Request.Query);
        var attempt = query.State is null ? null : AttemptState.TryOpen(application.Sealer!, query.State);
        if (ProblemOf(visit, query, attempt) is { } problem)
        {
            return await StartOverAsync(visit, attempt, problem, cancel);
        }

        return query.Error is not null
            ? Denied(visit, query, attempt!)
            : await RedeemAsync(visit, query.Code!, attempt!, cancel);
    }

    private string? ProblemOf(Visit visit, CallbackQuery query, AttemptState? attempt) =>
        attempt is null ? "its state is not one of ours"
        : attempt.ExpiresAt <= clock.ControlPlaneUnixSeconds ? "its state has expired"
        : !Browser.Began(visit, attempt) ? "this browser did not begin it"
        : query.Issuer is not null && query.Issuer != visit.Application.Provider.Issuer ? "it names another issuer"
        : query.Error is null && string.IsNullOrEmpty(query.Code) ? "it brings no code"
        : null;

    private async Task<Refusal?> StartOverAsync(Visit visit, AttemptState? attempt, string why, CancellationToken cancel)
    {
        var name = visit.Application.Compiled.Record.Name;
        var returnTo = attempt?.ReturnUrl ?? "";

        // A bookmark, or the back button: whoever is signed in already has nothing to do here.
        var standing = await tickets.FindAsync(visit.Application, visit.Headers.Cookie, PrincipalBudget, cancel);
        if (standing.Proof is not null)
        {
            RefusalWriter.Redirect(visit.Context, Home(visit, returnTo), setCookie: null);
            return null;
        }

        var number = (attempt?.Number ?? 0) + 1;
        logger.StartedOver(name, number, why);
        return number > MaxAttempts
            ? new Refusal(Reason.SignInLoop) { ActionUrl = Home(visit, returnTo), ActionText = "Try again" }
            : starter.Start(visit, returnTo, (byte)number);
    }

    private Refusal Denied(Visit visit, CallbackQuery query, AttemptState attempt)
    {
        logger.Failed(visit.Application.Compiled.Record.Name, query.ErrorText);
        return new Refusal(Reason.SignInFailed)
        {
            Detail = $"The authorization endpoint answered: {query.ErrorText}",
            ActionUrl = Home(visit, attempt.ReturnUrl),
            ActionText = "Try again",
        };
    }

    private async Task<Refusal?> RedeemAsync(Visit visit, string code, AttemptState attempt, CancellationToken cancel)
    {
        var application = visit.Application;
        var outcome = await controlPlane.RedeemAsync(
            application.Provider.ClientId, application.ClientSecret!, code, attempt.CodeVerifier, application.RedirectUri, cancel);
        return outcome switch
        {
            RedeemOutcome.Redeemed redeemed => await AcceptAsync(visit, redeemed, attempt),
            RedeemOutcome.Refused refused => await StartOverAsync(visit, attempt, $"its code was refused ({refused.Error})", cancel),
            _ => new Refusal(Reason.ControlPlaneAway) { ActionUrl = Home(visit, attempt.ReturnUrl), ActionText = "Try again" },
        };
    }

    private async Task<Refusal?> AcceptAsync(Visit visit, RedeemOutcome.Redeemed redeemed, AttemptState attempt)
    {
        var application = visit.Application;
        var now = clock.ControlPlaneUnixSeconds;
        var problem = IdTokenCheck.ProblemOf(redeemed.IdToken, application, attempt, now);
        var ticket = problem is null ? (await tickets.ValidateAsync(application, redeemed.Grant.Ticket)).Ticket : null;
        if (ticket is null || ticket.PrincipalId != redeemed.Grant.Principal.Id)
        {
            logger.Failed(application.Compiled.Record.Name, problem ?? "the ticket is not one for this application and person");
            return new Refusal(Reason.SignInFailed) { ActionUrl = Home(visit, attempt.ReturnUrl), ActionText = "Try again" };
        }

        principals.Apply(redeemed.Grant.Principal);
        logger.SignedIn(application.Compiled.Record.Name, redeemed.Grant.Principal.Username);
        RefusalWriter.Redirect(visit.Context, Home(visit, attempt.ReturnUrl), TicketCookie(application, redeemed.Grant, ticket, now));
        return null;
    }

    private static string TicketCookie(ApplicationView application, TicketGrant grant, CachedTicket ticket, long now) => SetCookie.Build(
        application.CookieName, grant.Ticket, Math.Max(1, ticket.Expires - now), application.Compiled.IsHttps, application.CookieDomain);

    // Sealed does not mean true for ever: the provider's host may have changed since.
    private static string Home(Visit visit, string returnUrl) =>
        ReturnUrl.Validate(returnUrl, visit.Application.ReturnScope!, visit.OriginHere) ?? visit.Application.Origin!.Text + "/";
}
