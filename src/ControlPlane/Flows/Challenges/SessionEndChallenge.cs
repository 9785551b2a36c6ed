using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>The browser is signed out (or asks whether it should be).</summary>
public sealed record SessionEndChallenge : Challenge
{
    public const string Name = "ak-stage-session-end";

    public override string Component => Name;

    public string PendingUser { get; init; } = "";

    public string PendingUserAvatar { get; init; } = "";

    public required string BrandName { get; init; }

    /// <summary>Another site sent the browser here: sign out only when the person says so.</summary>
    [JsonIgnore]
    public bool Confirm { get; init; }

    internal override Type View => typeof(SessionEndView);

    internal override string? Title => Confirm ? "Sign out?" : "You are signed out";
}
