namespace Sidecar.Decisions;

/// <summary>Why the product answered as it did. Log, pages, metrics and the administrator's "why?" share these; <see cref="Reasons"/> has id and help.</summary>
public enum Reason : byte
{
    Unset = 0,

    // Decided by DecisionEngine.
    Allowed,
    PublicPath,
    UserBinding,
    GroupBinding,
    FailureResult,
    NoBindings,
    BindingsDisabled,
    NotBound,
    UserExcluded,
    GroupExcluded,
    NotSignedIn,
    PrincipalInactive,
    AmbiguousPath,
    BadPath,

    // Decided by the host lookup.
    UnknownHost,
    HostClaimedTwice,

    // Decided by the outpost before, around or instead of a decision.
    MissingForwardedHeaders,
    AmbiguousForwardedHeaders,
    UntrustedPeer,
    SpoofedHeader,
    NoSnapshot,
    Stale,
    PrincipalUnavailable,
    IdentityTooLarge,
    TicketInvalid,
    TicketExpired,
    SessionEnded,
    TwoUsers,
    CredentialRefused,
    CredentialBusy,
    NotConfigured,
    CallbackInCheck,
    ControlPlaneAway,
    SignInFailed,
    SignInLoop,
    BadReturnUrl,
    SignedOut,
    SignOutConfirm,
    InternalError,
    NoSuchPage,
    NoControlPlane,
}
