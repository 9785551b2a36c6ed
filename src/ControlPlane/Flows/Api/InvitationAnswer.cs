using System.Text.Json;
using Sidecar.ControlPlane.Directory.Api;
using Sidecar.ControlPlane.Flows.Invitations;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>Invitation</c>.</summary>
internal sealed record InvitationAnswer(
    Guid Pk, string Name, DateTimeOffset? Expires, JsonElement FixedData, PartialUserAnswer CreatedBy, bool SingleUse, Guid? Flow, FlowAnswer? FlowObj)
{
    /// <param name="invitation">With its flow and who made it.</param>
    public static InvitationAnswer Of(Invitation invitation) => new(
        invitation.Id, invitation.Name, invitation.ExpiresAt, invitation.FixedData, PartialUserAnswer.Of(invitation.CreatedBy!), invitation.SingleUse, invitation.FlowId,
        invitation.Flow is { } flow ? FlowAnswer.Of(flow) : null);
}
