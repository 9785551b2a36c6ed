namespace Sidecar.ControlPlane.Flows;

/// <summary>authentik's names of the stages.</summary>
internal static class StageKind
{
    public const string Identification = "identification";
    public const string Password = "password";
    public const string UserLogin = "user_login";
    public const string UserLogout = "user_logout";
    public const string Consent = "consent";
    public const string Prompt = "prompt";
    public const string UserWrite = "user_write";
    public const string UserDelete = "user_delete";
    public const string Redirect = "redirect";
    public const string Captcha = "captcha";
    public const string Dummy = "dummy";
    public const string Email = "email";
    public const string Invitation = "invitation";
    public const string Deny = "deny";
    public const string AuthenticatorTotp = "authenticator_totp";
    public const string AuthenticatorStatic = "authenticator_static";
    public const string AuthenticatorWebAuthn = "authenticator_webauthn";
    public const string AuthenticatorValidate = "authenticator_validate";

    /// <summary>authentik's name of the form that a kind shows.</summary>
    public static string ComponentOf(string kind) => kind switch
    {
        UserLogout => "ak-stage-session-end",
        UserDelete => "ak-stage-prompt",
        _ => "ak-stage-" + kind.Replace('_', '-'),
    };
}
