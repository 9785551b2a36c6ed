using Sidecar.Decisions;

namespace Sidecar.Outpost.Pages;

/// <summary>What a visitor reads. What an administrator reads is <see cref="Reasons.HelpOf"/>.</summary>
internal static class PageText
{
    public static (string Title, string Message) Of(Reason reason) => reason switch
    {
        Reason.NotBound or Reason.UserExcluded or Reason.GroupExcluded or Reason.FailureResult =>
            ("No access", "You are signed in, but this application is not open to you."),
        Reason.PrincipalInactive => ("Account deactivated", "Your account is deactivated, so it opens no application."),
        Reason.NotSignedIn or Reason.TicketInvalid or Reason.TicketExpired or Reason.SessionEnded or Reason.TwoUsers =>
            ("Please sign in", "This page is open to people who are signed in."),
        Reason.CredentialRefused => ("Not accepted", "The user name, password or token that came with the request was not accepted."),
        Reason.SignedOut => ("Signed out", "You are signed out of this application."),
        Reason.SignOutConfirm => ("Sign out?", "Somebody, perhaps another site, asked to sign you out."),
        Reason.SignInFailed => ("Sign-in did not complete", "The sign-in ended without signing you in."),
        Reason.SignInLoop => ("Sign-in keeps starting over", "Your browser came back from signing in again and again without a result. Are cookies blocked?"),
        Reason.ControlPlaneAway or Reason.PrincipalUnavailable or Reason.Stale or Reason.NoSnapshot or Reason.CredentialBusy =>
            ("Not available right now", "The sign-in service cannot be reached at the moment. Please try again shortly."),
        Reason.NoControlPlane => ("No sign-in here", "This page is open to people who are signed in, and nothing is set up here that could sign anybody in."),
        Reason.NotConfigured => ("Almost there", "Signing in is not set up yet."),
        Reason.UnknownHost or Reason.HostClaimedTwice => ("No application here", "No application answers at this address."),
        Reason.MissingForwardedHeaders or Reason.AmbiguousForwardedHeaders or Reason.UntrustedPeer =>
            ("Configuration error", "The proxy in front of this application is not set up correctly."),
        Reason.NoSuchPage => ("Nothing here", "There is no page at this address."),
        Reason.InternalError or Reason.Unset => ("Something went wrong", "The request was refused, because an error happened while it was checked."),
        _ => ("Refused", "This request was refused."),
    };
}
