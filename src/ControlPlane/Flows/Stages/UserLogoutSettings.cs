using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class UserLogoutSettings
{
    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.UserLogout,
        Name = "User Logout Stage",
        Summary = "Ends the browser's session.",
    };
}
