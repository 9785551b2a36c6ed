using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record StaticSetupChallenge : Challenge
{
    public const string Name = "ak-stage-authenticator-static";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    public required IReadOnlyList<string> Codes { get; init; }

    internal override Type View => typeof(StaticSetupView);

    // A record prints its members; a log line must not.
    public override string ToString() => Name;
}
