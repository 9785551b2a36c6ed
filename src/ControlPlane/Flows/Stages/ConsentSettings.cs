using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class ConsentSettings
{
    public const string Mode = "mode";
    public const string ExpireIn = "consent_expire_in";

    public const string AlwaysRequire = "always_require";
    public const string Permanent = "permanent";
    public const string Expiring = "expiring";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Consent,
        Name = "Consent Stage",
        Summary = "Asks whether an application may learn what it asks for.",
        Settings = [new ChoiceSetting(Mode, Expiring, AlwaysRequire, Permanent, Expiring), new DurationSetting(ExpireIn, "weeks=4")],
    };
}
