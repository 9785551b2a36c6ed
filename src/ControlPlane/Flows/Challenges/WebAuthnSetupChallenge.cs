using System.Text.Json;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record WebAuthnSetupChallenge : Challenge
{
    public const string Name = "ak-stage-authenticator-webauthn";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    /// <summary>For <c>navigator.credentials.create()</c>.</summary>
    public required JsonElement Registration { get; init; }

    internal override Type View => typeof(WebAuthnSetupView);

    internal override bool NeedsScript => true;
}
