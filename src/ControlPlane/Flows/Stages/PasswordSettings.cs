using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class PasswordSettings
{
    public const string Backends = "backends";
    public const string FailedAttempts = "failed_attempts_before_cancel";
    public const string AllowShowPassword = "allow_show_password";

    /// <summary>How often a password may be wrong when a stage does not say it.</summary>
    public const int DefaultFailedAttempts = 5;

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Password,
        Name = "Password Stage",
        Summary = "Asks for the password of whoever was named before.",
        Settings =
        [
            new ChoicesSetting(Backends, [PasswordCheck.Inbuilt], PasswordCheck.Inbuilt, PasswordCheck.AppPasswords)
            {
                IsRequired = true,
                Unsupported = new Dictionary<string, string>
                {
                    ["authentik.sources.ldap.auth.LDAPBackend"] = "there are no LDAP sources.",
                    ["authentik.sources.kerberos.auth.KerberosBackend"] = "there are no Kerberos sources.",
                },
            },
            new FlowSetting(UserSettingDescription.FlowSetting, FlowDesignation.StageConfiguration),
            new NumberSetting(FailedAttempts, DefaultFailedAttempts, min: 1, max: 100),
            new FlagSetting(AllowShowPassword, false),
        ],
        UserSetting = new UserSettingDescription("Change Password", "ak-user-settings-password"),
    };
}
