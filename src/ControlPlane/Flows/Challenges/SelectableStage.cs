using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Authenticators.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>A way to set up a device.</summary>
public sealed record SelectableStage(Guid Pk, string Name, string VerboseName, string MetaModelName)
{
    internal static SelectableStage Of(Stage stage)
    {
        var kind = stage.Kind["authenticator_".Length..];
        return new SelectableStage(stage.Id, FriendlyName.Of(stage, DeviceClass.NameOf(kind)), DeviceClass.NameOf(kind), $"authentik_stages_{stage.Kind}.{stage.Kind.Replace("_", "", StringComparison.Ordinal)}stage");
    }
}
