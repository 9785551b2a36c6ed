namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>What a kind of stage with a <c>configure_flow</c> offers in the user settings.</summary>
/// <param name="Title">What the button says.</param>
/// <param name="Component">authentik's name of the element that shows it.</param>
internal sealed record UserSettingDescription(string Title, string Component)
{
    /// <summary>The setting that names the flow: without one the user is offered nothing.</summary>
    public const string FlowSetting = "configure_flow";
}
