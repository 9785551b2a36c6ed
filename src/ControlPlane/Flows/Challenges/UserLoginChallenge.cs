using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>Whether the session should outlast the browser.</summary>
public sealed record UserLoginChallenge : Challenge
{
    public const string Name = "ak-stage-user-login";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    internal override Type View => typeof(UserLoginView);
}
