namespace Sidecar.ControlPlane.Pages;

/// <summary>What a message offers to do about it.</summary>
/// <param name="Text">What the button says.</param>
/// <param name="Address">A path of this server.</param>
public sealed record PageLink(string Text, string Address);
