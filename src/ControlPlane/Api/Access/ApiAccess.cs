namespace Sidecar.ControlPlane.Api.Access;

/// <summary>Who may call a route.</summary>
internal enum ApiAccess : byte
{
    // Nobody is zero: a route that declares nothing is closed.
    Nobody = 0,
    Anyone = 1,

    /// <summary>Every active user; the handler narrows to what is the caller's own.</summary>
    SignedIn = 2,

    Superuser = 3,
}
