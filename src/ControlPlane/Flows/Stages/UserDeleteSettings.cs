using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class UserDeleteSettings
{
    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.UserDelete,
        Name = "User Delete Stage",
        Summary = "Deletes the account of the person at the browser, after a yes.",
    };
}
