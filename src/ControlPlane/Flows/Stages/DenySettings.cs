using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class DenySettings
{
    public const string Message = "deny_message";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Deny,
        Name = "Deny Stage",
        Summary = "Ends the flow with a message.",
        Settings = [new TextSetting(Message)],
    };
}
