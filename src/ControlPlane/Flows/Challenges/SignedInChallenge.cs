using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>A browser that is signed in opens the sign-in page: a script is sent on, a person is asked.</summary>
public sealed record SignedInChallenge : Challenge
{
    public override string Component => RedirectChallenge.Name;

    [JsonIgnore]
    public string Username { get; init; } = "";

    public required string To { get; init; }

    public bool FinalRedirect { get; init; } = true;

    internal override Type View => typeof(SignedInView);

    internal override string? Title => "You are already signed in";
}
