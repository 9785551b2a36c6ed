using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Impersonations;

/// <summary>A feature of the request: its session is that of an administrator who acts as somebody else.</summary>
/// <param name="Administrator">Who sits at the browser.</param>
/// <param name="User">As whom.</param>
internal sealed record ActingAs(User Administrator, User User);
