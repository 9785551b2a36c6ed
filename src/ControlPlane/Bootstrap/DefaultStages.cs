namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Settings of the default stages, under authentik's names and with its defaults.</summary>
internal static class DefaultStages
{
    /// <summary>
    /// NIST SP 800-63B-4 (3.1.1.2): a password that is the only factor has at least 15 characters, no kinds of characters are asked for, and what is easy to guess is refused.
    /// Known breaches are not asked for: that sends something to a third party, which an administrator must want.
    /// </summary>
    public const string PasswordPolicy = """
        {"length_min": 15, "check_static_rules": true, "check_zxcvbn": true, "zxcvbn_score_threshold": 2, "check_have_i_been_pwned": false}
        """;

    public const string Identification = """
        {"user_fields": ["email", "username"], "password_stage": null, "case_insensitive_matching": true, "show_matched_user": true,
         "pretend_user_exists": true, "enrollment_flow": null, "recovery_flow": null, "passwordless_flow": null, "sources": [], "show_source_labels": false}
        """;

    public const string Login = """
        {"session_duration": "seconds=0", "remember_me_offset": "seconds=0", "terminate_other_sessions": false,
         "network_binding": "no_binding", "geoip_binding": "no_binding"}
        """;

    public const string Consent = """{"mode": "expiring", "consent_expire_in": "weeks=4"}""";

    /// <summary>Changes the user at hand, never makes one.</summary>
    public const string WriteExisting = """
        {"user_creation_mode": "never_create", "create_users_as_inactive": true, "create_users_group": null, "user_type": "external", "user_path_template": ""}
        """;

    /// <summary>Makes a user who can do nothing before the address is confirmed.</summary>
    public const string WriteNew = """
        {"user_creation_mode": "always_create", "create_users_as_inactive": true, "create_users_group": null, "user_type": "external", "user_path_template": ""}
        """;

    public const string Invitation = """{"continue_flow_without_invitation": true}""";

    public const string RecoveryEmail = """
        {"token_expiry": "minutes=30", "subject": "Choose a new password", "template": "email/password_reset.html", "activate_user_on_success": false,
         "recovery_max_attempts": 5, "recovery_cache_timeout": "minutes=5"}
        """;

    public const string EnrollmentEmail = """
        {"token_expiry": "minutes=30", "subject": "Confirm your e-mail address", "template": "email/account_confirmation.html", "activate_user_on_success": true,
         "recovery_max_attempts": 5, "recovery_cache_timeout": "minutes=5"}
        """;

    /// <summary>Asks whoever has a second factor, and lets the others through.</summary>
    public const string Validate = """
        {"not_configured_action": "skip", "device_classes": ["static", "totp", "webauthn"], "configuration_stages": [], "last_auth_threshold": "seconds=0",
         "webauthn_user_verification": "preferred", "webauthn_hints": []}
        """;

    public static string Totp(Guid flow) => $$"""{"configure_flow": "{{flow}}", "friendly_name": "Authenticator app", "digits": "6"}""";

    public static string Static(Guid flow) => $$"""{"configure_flow": "{{flow}}", "friendly_name": "Recovery codes", "token_count": 6, "token_length": 12}""";

    public static string WebAuthn(Guid flow) => $$"""
        {"configure_flow": "{{flow}}", "friendly_name": "Passkey or security key", "user_verification": "preferred", "resident_key_requirement": "preferred",
         "authenticator_attachment": null, "hints": [], "max_attempts": 0}
        """;

    public static string Password(Guid changeFlow) => $$"""
        {"backends": ["authentik.core.auth.InbuiltBackend", "authentik.core.auth.TokenBackend"], "configure_flow": "{{changeFlow}}",
         "failed_attempts_before_cancel": 5, "allow_show_password": false}
        """;
}
