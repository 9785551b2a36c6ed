using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class UserLoginSettings
{
    public const string SessionDuration = "session_duration";
    public const string RememberMeOffset = "remember_me_offset";
    public const string TerminateOtherSessions = "terminate_other_sessions";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.UserLogin,
        Name = "User Login Stage",
        Summary = "Makes the session of the user whom the stages before it have proven.",
        Settings =
        [
            // Zero: until the browser is closed.
            new DurationSetting(SessionDuration, "seconds=0") { MayBeZero = true },
            new FlagSetting(TerminateOtherSessions, false),
            // Zero: nobody is asked.
            new DurationSetting(RememberMeOffset, "seconds=0") { MayBeZero = true },
            new FixedSetting("network_binding", "\"no_binding\"", "there is no table of networks to bind a session to."),
            new FixedSetting("geoip_binding", "\"no_binding\"", "there is no table of places to bind a session to."),
            new FixedSetting("remember_device", "\"seconds=0\"", "devices are not remembered beyond a session."),
        ],
    };
}
