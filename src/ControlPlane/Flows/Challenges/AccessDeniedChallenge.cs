using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record AccessDeniedChallenge : Challenge
{
    public const string Name = "ak-stage-access-denied";

    public override string Component => Name;

    public string PendingUser { get; init; } = "";

    public string PendingUserAvatar { get; init; } = "";

    public required string ErrorMessage { get; init; }

    /// <summary>Id of the reason, the same as in the log.</summary>
    [JsonIgnore]
    public string Reason { get; init; } = "";

    [JsonIgnore]
    public string? StartAgain { get; init; }

    /// <summary>Somebody is signed in, and somebody else might be let in.</summary>
    [JsonIgnore]
    public bool OfferSwitch { get; init; }

    internal override Type View => typeof(AccessDeniedView);

    internal override string? Title => "Access denied";
}
