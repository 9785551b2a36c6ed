using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>A live session of an active user who may enter the application at this moment.</summary>
internal sealed record StandingSignIn(Session Session, User User);
