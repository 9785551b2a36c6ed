using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators.Stages;

internal static class AuthenticatorStaticSettings
{
    public const string TokenCount = "token_count";
    public const string TokenLength = "token_length";

    public const int DefaultTokenCount = 6;
    public const int DefaultTokenLength = 12;

    private const int MaxTokenCount = 100;

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.AuthenticatorStatic,
        Name = "Static Authenticator Setup Stage",
        Summary = "Makes recovery codes, each good for one sign-in.",
        Path = "authenticator/static",
        Settings =
        [
            new FlowSetting(UserSettingDescription.FlowSetting, FlowDesignation.StageConfiguration),
            new TextSetting(FriendlyName.Setting),
            new NumberSetting(TokenCount, DefaultTokenCount, min: 1, max: MaxTokenCount),
            new NumberSetting(TokenLength, DefaultTokenLength, RecoveryCodes.MinLength, RecoveryCodes.MaxLength),
        ],
        UserSetting = new UserSettingDescription("Recovery codes", "ak-user-settings-authenticator-static"),
    };
}
