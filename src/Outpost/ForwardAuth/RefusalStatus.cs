using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The status of a refusal by reason and proxy. No input leads to 2xx.</summary>
internal static class RefusalStatus
{
    public static int Of(Reason reason, Dialect dialect)
    {
        var status = Of(reason);

        // nginx and HAProxy know 401 and 403. Envoy takes 5xx for "the check failed", and lets the request through when it was told to fail open.
        return dialect is Dialect.Nginx or Dialect.Envoy && status != StatusCodes.Status401Unauthorized ? StatusCodes.Status403Forbidden : status;
    }

    /// <summary>Whether it is worth asking again soon.</summary>
    public static bool IsPassing(Reason reason) => Of(reason) == StatusCodes.Status503ServiceUnavailable;

    private static int Of(Reason reason) => reason switch
    {
        Reason.MissingForwardedHeaders or Reason.AmbiguousForwardedHeaders or Reason.UnknownHost or Reason.HostClaimedTwice =>
            StatusCodes.Status400BadRequest,
        Reason.NotSignedIn or Reason.TicketInvalid or Reason.TicketExpired or Reason.SessionEnded or Reason.TwoUsers or Reason.CredentialRefused
            or Reason.SignedOut or Reason.NoControlPlane => StatusCodes.Status401Unauthorized,
        Reason.NoSnapshot or Reason.Stale or Reason.PrincipalUnavailable or Reason.ControlPlaneAway or Reason.CredentialBusy or Reason.NotConfigured =>
            StatusCodes.Status503ServiceUnavailable,
        Reason.NoSuchPage => StatusCodes.Status404NotFound,
        Reason.Unset or Reason.InternalError => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status403Forbidden,
    };
}
