using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record ValidationChallenge : Challenge
{
    public const string Name = "ak-stage-authenticator-validate";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    public IReadOnlyList<DeviceChallenge> DeviceChallenges { get; init; } = [];

    /// <summary>To choose from when there is no device.</summary>
    public IReadOnlyList<SelectableStage> ConfigurationStages { get; init; } = [];

    internal override bool NeedsScript => DeviceChallenges.Any(device => device.DeviceClass == "webauthn");

    internal override Type View => typeof(ValidationView);
}
