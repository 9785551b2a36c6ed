using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators.Stages;

internal static class AuthenticatorWebAuthnSettings
{
    public const string UserVerification = "user_verification";
    public const string ResidentKey = "resident_key_requirement";
    public const string Attachment = "authenticator_attachment";
    public const string Hints = "hints";
    public const string MaxAttempts = "max_attempts";

    public const string NoModels = "there is no list of device models: what a device says of itself is not verified.";

    private const int MostAttempts = 100;

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.AuthenticatorWebAuthn,
        Name = "WebAuthn Authenticator Setup Stage",
        Summary = "Sets up a passkey or a security key.",
        Path = "authenticator/webauthn",
        Settings =
        [
            new FlowSetting(UserSettingDescription.FlowSetting, FlowDesignation.StageConfiguration),
            new TextSetting(FriendlyName.Setting),
            new ChoiceSetting(UserVerification, WebAuthnPolicy.Preferred, WebAuthnPolicy.Words),
            new OptionalChoiceSetting(Attachment, "platform", "cross-platform"),
            new ChoiceSetting(ResidentKey, WebAuthnPolicy.Preferred, WebAuthnPolicy.Words),
            new ChoicesSetting(Hints, [], WebAuthnPolicy.HintWords) { MayBeEmpty = true },
            new FixedSetting("device_type_restrictions", "[]", NoModels),
            new FixedSetting("device_type_restrictions_obj", "[]", NoModels),
            new NumberSetting(MaxAttempts, 0, min: 0, max: MostAttempts),
        ],
        UserSetting = new UserSettingDescription("Passkey or security key", "ak-user-settings-authenticator-webauthn"),
    };
}
