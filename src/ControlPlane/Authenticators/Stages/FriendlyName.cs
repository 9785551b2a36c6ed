using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>How a set-up stage is called where a person chooses among several.</summary>
internal static class FriendlyName
{
    public const string Setting = "friendly_name";

    public static string Of(Stage stage, string otherwise) => stage.Settings.Text(Setting) is { Length: > 0 } name ? name : otherwise;
}
