namespace Sidecar.ControlPlane.Pages;

/// <summary>A recovery key that can be used.</summary>
/// <param name="Brand">How the page looks.</param>
/// <param name="Path">Where its form goes.</param>
/// <param name="Username">As whom it signs in.</param>
public sealed record RecoveryKeyModel(PageBrand Brand, string Path, string Username);
