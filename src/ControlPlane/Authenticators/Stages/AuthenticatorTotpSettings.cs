using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators.Stages;

internal static class AuthenticatorTotpSettings
{
    public const string Digits = "digits";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.AuthenticatorTotp,
        Name = "TOTP Authenticator Setup Stage",
        Summary = "Sets up an authenticator application.",
        Path = "authenticator/totp",
        Settings =
        [
            new FlowSetting(UserSettingDescription.FlowSetting, FlowDesignation.StageConfiguration),
            new TextSetting(FriendlyName.Setting),
            new ChoiceSetting(Digits, "6", "6", "8") { IsRequired = true },
        ],
        UserSetting = new UserSettingDescription("Authenticator app", "ak-user-settings-authenticator-totp"),
    };
}
