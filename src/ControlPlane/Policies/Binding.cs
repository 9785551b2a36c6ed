using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Notifications;

namespace Sidecar.ControlPlane.Policies;

/// <summary>Lets a user, a group or whom a policy passes in (or, negated, keeps them out) at exactly one target.</summary>
internal sealed class Binding
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? ApplicationId { get; set; }

    public Application? Application { get; set; }

    public Guid? FlowId { get; set; }

    public Flow? Flow { get; set; }

    public Guid? StageBindingId { get; set; }

    public FlowStageBinding? StageBinding { get; set; }

    /// <summary>Of a notification rule.</summary>
    public Guid? RuleId { get; set; }

    public NotificationRule? Rule { get; set; }

    public Guid? PolicyId { get; set; }

    public Policy? Policy { get; set; }

    public Guid? UserId { get; set; }

    public User? User { get; set; }

    public Guid? GroupId { get; set; }

    public Group? Group { get; set; }

    public required int Order { get; set; }

    public bool Enabled { get; set; } = true;

    public bool Negate { get; set; }

    /// <summary>Seconds after which a policy counts as failed.</summary>
    public int Timeout { get; set; } = 30;

    /// <summary>The result when the subject cannot be evaluated.</summary>
    public bool FailureResult { get; set; }
}
