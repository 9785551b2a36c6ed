using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Invitations;

internal static class InvitationSettings
{
    public const string ContinueWithout = "continue_flow_without_invitation";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Invitation,
        Name = "Invitation Stage",
        Summary = "Lets in whoever has an invitation, with what it settles.",
        Path = "invitation/stages",
        Settings = [new FlagSetting(ContinueWithout, false)],
    };
}
