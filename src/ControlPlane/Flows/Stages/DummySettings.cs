using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class DummySettings
{
    public const string ThrowError = "throw_error";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Dummy,
        Name = "Dummy Stage",
        Summary = "A page with a button, to try a flow with; it can fail on purpose.",
        Settings = [new FlagSetting(ThrowError, false)],
    };
}
