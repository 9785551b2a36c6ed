namespace Sidecar.ControlPlane.Authenticators;

/// <summary>A sheet of recovery codes.</summary>
internal sealed class StaticDevice : AuthenticatorDevice
{
    public override string Class => DeviceClass.Static;

    public List<StaticToken> Tokens { get; init; } = [];
}
