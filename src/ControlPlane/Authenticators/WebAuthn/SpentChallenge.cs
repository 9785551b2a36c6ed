namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>A challenge that was answered: it counts once.</summary>
internal sealed class SpentChallenge
{
    public required byte[] Challenge { get; init; }

    /// <summary>From then on the challenge would not be accepted anyway.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
