using Sidecar.Decisions;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>The sign-in that stands, or null and why not.</summary>
internal readonly record struct SignInCheck(StandingSignIn? SignIn, Reason Reason);
