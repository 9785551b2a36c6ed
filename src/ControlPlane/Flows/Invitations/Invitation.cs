using System.Text.Json;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Invitations;

/// <summary>Lets somebody into an enrolment flow, with what is settled about them already.</summary>
internal sealed class Invitation
{
    /// <summary>In the link, and all that it takes: random.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    public required string Name { get; set; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Answers to prompts, by field key, that whoever is invited cannot change.</summary>
    public JsonElement FixedData { get; set; } = JsonObjects.Empty;

    /// <summary>It ends with the account that it was used for.</summary>
    public bool SingleUse { get; set; }

    /// <summary>The only flow that it lets into; null: any.</summary>
    public Guid? FlowId { get; set; }

    public Flow? Flow { get; init; }

    public required Guid CreatedById { get; init; }

    public User? CreatedBy { get; init; }

    public bool IsLiveFor(Guid flow, DateTimeOffset now) => (ExpiresAt is not { } end || end > now) && (FlowId is null || FlowId == flow);
}
