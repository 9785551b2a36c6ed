using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators.Stages;

internal static class AuthenticatorValidateSettings
{
    public const string DeviceClasses = "device_classes";
    public const string NotConfiguredAction = "not_configured_action";
    public const string ConfigurationStages = "configuration_stages";
    public const string LastAuthThreshold = "last_auth_threshold";
    public const string UserVerification = "webauthn_user_verification";
    public const string Hints = "webauthn_hints";

    public const string Skip = "skip";
    public const string Deny = "deny";
    public const string Configure = "configure";

    private const string Limited = "guesses are limited as those of passwords are, for every class alike.";

    public static readonly string[] AllClasses = [DeviceClass.Static, DeviceClass.Totp, DeviceClass.WebAuthn];

    public static readonly string[] SetUpKinds = [StageKind.AuthenticatorTotp, StageKind.AuthenticatorStatic, StageKind.AuthenticatorWebAuthn];

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.AuthenticatorValidate,
        Name = "Authenticator Validation Stage",
        Summary = "Asks for a second factor.",
        Path = "authenticator/validate",
        Settings =
        [
            new ChoiceSetting(NotConfiguredAction, Skip, Skip, Deny, Configure),
            new ChoicesSetting(DeviceClasses, AllClasses, AllClasses)
            {
                Unsupported = new Dictionary<string, string>
                {
                    ["duo"] = "there are no Duo devices.",
                    ["sms"] = "there are no SMS devices.",
                    ["email"] = "there are no e-mail devices.",
                },
            },
            new StageListSetting(ConfigurationStages, SetUpKinds),
            new DurationSetting(LastAuthThreshold, "seconds=0") { MayBeZero = true },
            new ChoiceSetting(UserVerification, WebAuthnPolicy.Preferred, WebAuthnPolicy.Words),
            new ChoicesSetting(Hints, [], WebAuthnPolicy.HintWords) { MayBeEmpty = true },
            new FixedSetting("webauthn_allowed_device_types", "[]", AuthenticatorWebAuthnSettings.NoModels),
            new FixedSetting("webauthn_allowed_device_types_obj", "[]", AuthenticatorWebAuthnSettings.NoModels),
            new FixedSetting("email_otp_throttling_factor", "1", Limited),
            new FixedSetting("sms_otp_throttling_factor", "1", Limited),
            new FixedSetting("totp_otp_throttling_factor", "1", Limited),
            new FixedSetting("static_otp_throttling_factor", "1", Limited),
        ],
        Check = CheckConfiguration,
    };

    public static IReadOnlyList<string> ClassesOf(Stage stage) => stage.Settings.Texts(DeviceClasses) ?? AllClasses;

    /// <summary>Whoever has no device is turned away.</summary>
    public static bool Demands(Stage stage) => stage.Kind == StageKind.AuthenticatorValidate && stage.Settings.Text(NotConfiguredAction, Skip) == Deny;

    private static void CheckConfiguration(StageDraft draft)
    {
        if (draft.Text(NotConfiguredAction) == Configure && draft.Settings[ConfigurationStages] is not System.Text.Json.Nodes.JsonArray { Count: > 0 })
        {
            draft.Body.Errors.Add(NotConfiguredAction, "When it is set to \"Configure\", you must also choose the stages to configure with.");
        }
    }
}
