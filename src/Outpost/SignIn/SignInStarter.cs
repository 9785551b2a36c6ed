using Sidecar.Decisions;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Pages;

namespace Sidecar.Outpost.SignIn;

/// <summary>Sends a browser to sign in. Nothing is stored here: what the end of the attempt needs travels with the browser, sealed.</summary>
internal sealed class SignInStarter(OutpostOptions options, ContactClock clock, ILogger<SignInStarter> logger)
{
    // Heartbeats come each 10 seconds: without three of them, the sign-in page is not there either.
    private static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(30);

    /// <summary>What keeps anybody from signing in at this application now, or <see cref="Reason.Unset"/>.</summary>
    public Reason Obstacle(ApplicationView application) =>
        options.Files is not null ? Reason.NoControlPlane
        : !application.IsConfigured ? Reason.NotConfigured
        : application.Sealer is not { CanSeal: true } || clock.Age > AwayAfter ? Reason.ControlPlaneAway
        : Reason.Unset;

    /// <param name="visit">A navigation.</param>
    /// <param name="returnTo">Where the browser wants to be afterwards; checked here.</param>
    /// <param name="attempt">1, or one more than the attempt that came to nothing.</param>
    /// <returns>Null when the answer is written, else why there is none.</returns>
    public Refusal? Start(Visit visit, string returnTo, byte attempt)
    {
        var application = visit.Application;
        var obstacle = Obstacle(application);
        if (obstacle != Reason.Unset)
        {
            return new Refusal(obstacle);
        }

        var returnUrl = Validated(visit, returnTo);
        if (visit.Dialect == Dialect.Envoy)
        {
            // Envoy may keep cookies of a denied check from the browser; the prefix is routed to the outpost, so the attempt begins there.
            RefusalWriter.Redirect(visit.Context, $"{application.StartUrl}?rd={Uri.EscapeDataString(returnUrl)}", setCookie: null);
            return null;
        }

        var now = clock.ControlPlaneUnixSeconds;
        var browser = BrowserCookie.Next(Browser.Find(visit), now);
        if (browser.IsLoop)
        {
            return new Refusal(Reason.SignInLoop) { ActionUrl = returnUrl, ActionText = "Try again" };
        }

        var url = AuthorizationRequest.Build(application, AttemptState.Create(attempt, browser, returnUrl, now));
        var cookie = SetCookie.Build(
            application.BrowserCookieName, browser.Value, AttemptState.LifetimeSeconds, application.Compiled.IsHttps, application.CookieDomain);
        RefusalWriter.Redirect(visit.Context, url, cookie);
        return null;
    }

    private string Validated(Visit visit, string returnTo)
    {
        var application = visit.Application;
        if (ReturnUrl.Validate(returnTo, application.ReturnScope!, visit.OriginHere) is { } url)
        {
            return url;
        }

        if (returnTo.Length > 0)
        {
            logger.ReturnRefused(application.Compiled.Record.Name);
        }

        return application.Origin!.Text + "/";
    }
}
