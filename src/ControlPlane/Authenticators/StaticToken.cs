namespace Sidecar.ControlPlane.Authenticators;

/// <summary>A recovery code that was not used yet: using it deletes it.</summary>
internal sealed class StaticToken
{
    public int Id { get; init; }

    public int DeviceId { get; init; }

    /// <summary>See <see cref="RecoveryCodes"/>.</summary>
    public required byte[] Hash { get; init; }
}
