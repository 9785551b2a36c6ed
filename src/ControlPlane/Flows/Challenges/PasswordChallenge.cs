using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record PasswordChallenge : Challenge
{
    public const string Name = "ak-stage-password";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    public string? RecoveryUrl { get; init; }

    public bool AllowShowPassword { get; init; }

    internal override Type View => typeof(PasswordView);
}
