using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record TotpSetupChallenge : Challenge
{
    public const string Name = "ak-stage-authenticator-totp";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    /// <summary>What the QR code says.</summary>
    public required string ConfigUrl { get; init; }

    /// <summary>To be typed where nothing can be scanned.</summary>
    [JsonIgnore]
    public string Secret { get; init; } = "";

    [JsonIgnore]
    public int Digits { get; init; }

    internal override Type View => typeof(TotpSetupView);

    // A record prints its members; a log line must not.
    public override string ToString() => Name;
}
