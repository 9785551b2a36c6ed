using System.Diagnostics;

namespace Sidecar.Decisions;

/// <summary>The texts behind <see cref="Reasons"/>.</summary>
internal static class ReasonTexts
{
    public static (string Id, string Help) Of(Reason reason) => reason switch
    {
        Reason.Unset => ("unset", "No decision was made, so the request was refused; this is a bug, please report it with the log line."),
        Reason.Allowed => ("allowed", "The request was let through."),
        Reason.PublicPath => ("public-path", "An unauthenticated path of the provider matches, so everybody may see it; remove the expression to require a sign-in."),
        Reason.UserBinding => ("user-binding", "A binding of the application that names a user let this person in."),
        Reason.GroupBinding => ("group-binding", "A binding of the application that names a group let this person in."),
        Reason.FailureResult => ("failure-result", "A binding could not be evaluated (its group is gone, or this outpost is too old for its kind), so its failure result decided; mend or remove the binding."),
        Reason.NoBindings => ("no-bindings", "The application has no bindings, so everybody who is signed in may enter; bind a group or user to restrict it."),
        Reason.BindingsDisabled => ("bindings-disabled", "All bindings of the application are disabled, so everybody who is signed in may enter; enable one to restrict it."),
        Reason.NotBound => ("not-bound", "No binding of the application lets this person in; add the person to a bound group, or bind the person."),
        Reason.UserExcluded => ("user-excluded", "A negated binding of the application names this person; remove the binding to let the person in."),
        Reason.GroupExcluded => ("group-excluded", "A negated binding of the application names a group that this person is in; take the person out of it, or remove the binding."),
        Reason.NotSignedIn => ("not-signed-in", "Nobody is signed in and the path is not public; sign in."),
        Reason.PrincipalInactive => ("principal-inactive", "The account is deactivated and refused everywhere; activate the user to let the person in again."),
        Reason.AmbiguousPath => ("ambiguous-path", "Proxy and application could read the path differently (dot segments, needless percent-encoding, doubled slashes), so it was refused; send the plain path."),
        Reason.BadPath => ("bad-path", "The path is not one (empty, relative, too strange, or with control characters), so it was refused; look at the client or at the proxy's rewrite rules."),
        Reason.UnknownHost => ("unknown-host", "No application of this outpost has this host as its external host or under its cookie domain; check the provider and the outpost's list of applications."),
        Reason.HostClaimedTwice => ("host-claimed-twice", "Two applications of this outpost claim the same host or cookie domain, so it is refused until only one of them does; change one provider."),
        _ => OfOutpost(reason),
    };

    private static (string Id, string Help) OfOutpost(Reason reason) => reason switch
    {
        Reason.MissingForwardedHeaders => ("missing-forwarded-headers", "The proxy did not say which address was asked for; check its forward-auth configuration."),
        Reason.AmbiguousForwardedHeaders => ("ambiguous-forwarded-headers", "The proxy's headers name the address twice or in conflict; make the proxy overwrite what clients send."),
        Reason.UntrustedPeer => ("untrusted-peer", "The request came from an address that is not a declared proxy; add it to AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS if it is yours."),
        Reason.SpoofedHeader => ("spoofed-header", "The request brought a header that only the outpost may set, or another spelling of one; the log names it. If it is a proxy in front of yours that adds it, take it away there, or set SIDECAR_IDENTITY_HEADERS=ignore at the outpost (its own spelling is then ignored, others are still refused)."),
        Reason.NoSnapshot => ("no-snapshot", "The outpost has not received its configuration yet; check that it reaches the control plane."),
        Reason.Stale => ("stale", "The outpost has not heard from the control plane for longer than allowed (SIDECAR_MAX_STALE, or 60 seconds for strict applications); restore the connection."),
        Reason.PrincipalUnavailable => ("principal-unavailable", "The outpost could not learn who this person is now; check that it reaches the control plane."),
        Reason.IdentityTooLarge => ("identity-too-large", "The identity headers exceed the provider's budget; raise it, or send fewer groups."),
        Reason.TicketInvalid => ("ticket-invalid", "The cookie holds no ticket of this application; sign in again."),
        Reason.TicketExpired => ("ticket-expired", "The ticket's time is over; sign in again, or raise the provider's access token validity."),
        Reason.SessionEnded => ("session-ended", "The session of this ticket has ended; sign in again."),
        Reason.TwoUsers => ("two-users", "The browser sent valid tickets of two users, one of them possibly planted by a sibling host; sign in again."),
        Reason.CredentialRefused => ("credential-refused", "The Authorization header was not accepted; check user name, password or token."),
        Reason.CredentialBusy => ("credential-busy", "Too many credentials are being checked; try again shortly."),
        Reason.NotConfigured => ("not-configured", "The control plane's public address is not set; complete the initial set-up."),
        Reason.CallbackInCheck => ("callback-in-check", "A sign-in callback came through the proxy's check, where this proxy cannot finish it; route the outpost's prefix to the outpost."),
        Reason.ControlPlaneAway => ("control-plane-away", "The control plane did not answer; try again when it is back."),
        Reason.SignInFailed => ("sign-in-failed", "The control plane did not complete the sign-in; its log says why."),
        Reason.SignInLoop => ("sign-in-loop", "The browser came back from sign-in three times without the cookie of its attempt; check cookies, cookie domain and https."),
        Reason.BadReturnUrl => ("bad-return-url", "The address to return to is not one of this application; start at the application itself."),
        Reason.SignedOut => ("signed-out", "The session was ended as asked."),
        Reason.SignOutConfirm => ("sign-out-confirm", "A sign-out that another site may have triggered asks for confirmation first."),
        Reason.InternalError => ("internal-error", "Something failed inside the product and the request was refused; the log has the error."),
        Reason.NoControlPlane => ("no-control-plane", "The outpost runs from a snapshot file, without a control plane, so nobody can sign in: only unauthenticated paths are open, and to those whom --principals names with a ticket that still stands."),
        Reason.NoSuchPage => ("no-such-page", "The outpost has no page at this address; applications are reached through the proxy, not through the outpost."),
        _ => throw new UnreachableException($"reason {(int)reason} has no text"),
    };
}
