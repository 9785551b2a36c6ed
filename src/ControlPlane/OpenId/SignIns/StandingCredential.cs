using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>A live app password of an active user who may enter the application at this moment.</summary>
internal sealed record StandingCredential(Tokens.Token Token, User User);
