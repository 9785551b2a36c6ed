using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class IdentificationSettings
{
    public const string UserFields = "user_fields";
    public const string PasswordStage = "password_stage";
    public const string CaseInsensitiveMatching = "case_insensitive_matching";
    public const string PretendUserExists = "pretend_user_exists";
    public const string ShowMatchedUser = "show_matched_user";
    public const string EnrollmentFlow = "enrollment_flow";
    public const string RecoveryFlow = "recovery_flow";
    public const string PasswordlessFlow = "passwordless_flow";
    public const string Sources = "sources";
    public const string ShowSourceLabels = "show_source_labels";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Identification,
        Name = "Identification Stage",
        Summary = "Asks who is there, and for the password too when a password stage is chosen.",
        Settings =
        [
            new ChoicesSetting(UserFields, ["email", "username"], "email", "username")
            {
                MayBeEmpty = true,
                Unsupported = new Dictionary<string, string> { ["upn"] = "no source here gives users a principal name." },
            },
            new StageReferenceSetting(PasswordStage, StageKind.Password),
            new FixedSetting("captcha_stage", "null", "a captcha is a stage of its own here."),
            new FlagSetting(CaseInsensitiveMatching, true),
            new FlagSetting(ShowMatchedUser, true),
            new FlagSetting(PretendUserExists, true),
            new FlowSetting(EnrollmentFlow, FlowDesignation.Enrollment),
            new FlowSetting(RecoveryFlow, FlowDesignation.Recovery),
            new FlowSetting(PasswordlessFlow, FlowDesignation.Authentication),
            new FixedSetting(Sources, "[]", "there are no sources to choose from."),
            new FlagSetting(ShowSourceLabels, false),
            new FixedSetting("enable_remember_me", "false", "names are not kept in the browser."),
            new FixedSetting("webauthn_stage", "null", "passkeys are asked for by a stage of their own."),
        ],
    };
}
