using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Mail.Templates;

namespace Sidecar.ControlPlane.Flows.Stages;

internal static class EmailSettings
{
    public const string TokenExpiry = "token_expiry";
    public const string Subject = "subject";
    public const string Template = "template";
    public const string Activate = "activate_user_on_success";
    public const string MaxAttempts = "recovery_max_attempts";
    public const string AttemptsWindow = "recovery_cache_timeout";

    public const string DefaultSubject = "Sidecar";
    public const string DefaultExpiry = "minutes=30";
    public const string DefaultWindow = "minutes=5";

    private const string OneServer = "the installation has one mail server, which AUTHENTIK_EMAIL__… sets.";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Email,
        Name = "Email Stage",
        Summary = "Mails a link that goes on with the flow, once, in any browser.",
        Settings =
        [
            new FixedSetting("use_global_settings", "true", OneServer),
            new FixedSetting("host", "\"localhost\"", OneServer),
            new FixedSetting("port", "25", OneServer),
            new FixedSetting("username", "\"\"", OneServer),
            new FixedSetting("use_tls", "false", OneServer),
            new FixedSetting("use_ssl", "false", OneServer),
            new FixedSetting("timeout", "10", OneServer),
            new FixedSetting("from_address", "\"system@authentik.local\"", OneServer),
            new DurationSetting(TokenExpiry, DefaultExpiry),
            new TextSetting(Subject, byDefault: DefaultSubject) { ProblemOf = text => string.IsNullOrWhiteSpace(text) ? "This field may not be blank." : null },
            new ChoiceSetting(Template, MailTemplates.PasswordReset, MailTemplates.PasswordReset, MailTemplates.AccountConfirmation),
            new FlagSetting(Activate, false),
            new NumberSetting(MaxAttempts, 5, 1, 1_000),
            new DurationSetting(AttemptsWindow, DefaultWindow),
        ],
    };
}
