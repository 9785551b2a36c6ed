using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>The flows that existing deployments name, with their stages.</summary>
internal sealed class DefaultFlows
{
    public required Flow Authentication { get; init; }

    public required Flow Invalidation { get; init; }

    public required Flow UserSettings { get; init; }

    public static DefaultFlows Add(ControlPlaneContext context)
    {
        var add = new FlowBuilder(context);

        // First, because the password stage refers to it.
        var change = add.Flow("default-password-change", "Change Password", FlowDesignation.StageConfiguration, FlowAuthentication.RequireAuthenticated);
        var write = add.Stage("default-password-change-write", StageKind.UserWrite, DefaultStages.WriteExisting);
        var choose = add.Stage("default-password-change-prompt", StageKind.Prompt, "{}", DefaultPrompts.PasswordChange);
        add.Validate(choose, "default-password-change-password-policy", PolicyKind.Password, DefaultStages.PasswordPolicy);
        add.Bind(change, 0, choose);
        add.Bind(change, 1, write);

        var login = add.Stage("default-authentication-login", StageKind.UserLogin, DefaultStages.Login);
        var authentication = add.Flow("default-authentication-flow", "Welcome to Sidecar!", FlowDesignation.Authentication);
        add.Bind(authentication, 10, add.Stage("default-authentication-identification", StageKind.Identification, DefaultStages.Identification));
        add.Bind(authentication, 20, add.Stage("default-authentication-password", StageKind.Password, DefaultStages.Password(change.Id)));
        var validate = add.Stage("default-authentication-mfa-validation", StageKind.AuthenticatorValidate, DefaultStages.Validate);
        add.Bind(authentication, 30, validate);
        add.Bind(authentication, 100, login);
        AddAuthenticators(add);

        var logout = add.Stage("default-invalidation-logout", StageKind.UserLogout, "{}");
        var invalidation = add.Flow("default-invalidation-flow", "Logout", FlowDesignation.Invalidation);
        add.Bind(invalidation, 0, logout);
        add.Bind(add.Flow("default-provider-invalidation-flow", "You've logged out", FlowDesignation.Invalidation), 0, logout);

        AddRecovery(add, choose, write, login, validate);
        AddEnrollment(add, choose, login);
        AddAuthorization(add);
        AddInitialSetUp(add, write, login);
        return new DefaultFlows { Authentication = authentication, Invalidation = invalidation, UserSettings = AddUserSettings(add) };
    }

    // For whoever is signed in, and for nobody else's account.
    private static void AddAuthenticators(FlowBuilder add)
    {
        AddAuthenticator(add, "default-authenticator-totp-setup", "Set up an authenticator app", StageKind.AuthenticatorTotp, DefaultStages.Totp);
        AddAuthenticator(add, "default-authenticator-static-setup", "Recovery codes", StageKind.AuthenticatorStatic, DefaultStages.Static);
        AddAuthenticator(add, "default-authenticator-webauthn-setup", "Set up a passkey or security key", StageKind.AuthenticatorWebAuthn, DefaultStages.WebAuthn);
    }

    private static void AddAuthenticator(FlowBuilder add, string name, string title, string kind, Func<Guid, string> settings)
    {
        var flow = add.Flow(name, title, FlowDesignation.StageConfiguration, FlowAuthentication.RequireAuthenticated);
        add.Bind(flow, 0, add.Stage(name, kind, settings(flow.Id)));
    }

    // Off until a brand or an identification stage names it. Whoever has a second factor is asked for it here too: a mailbox alone must not open what two proofs guard.
    private static void AddRecovery(FlowBuilder add, Stage choose, Stage write, Stage login, Stage validate)
    {
        var recovery = add.Flow("default-recovery-flow", "Recover your account", FlowDesignation.Recovery, FlowAuthentication.RequireUnauthenticated);
        add.Bind(recovery, 10, add.Stage("default-recovery-identification", StageKind.Identification, DefaultStages.Identification));
        add.Bind(recovery, 20, add.Stage("default-recovery-email", StageKind.Email, DefaultStages.RecoveryEmail));
        add.Bind(recovery, 25, validate);
        add.Bind(recovery, 30, choose);
        add.Bind(recovery, 40, write);
        add.Bind(recovery, 100, login);
    }

    // Open to whoever has an invitation; to strangers only once an identification stage names it.
    private static void AddEnrollment(FlowBuilder add, Stage choose, Stage login)
    {
        var enrollment = add.Flow("default-enrollment-flow", "Make an account", FlowDesignation.Enrollment, FlowAuthentication.RequireUnauthenticated);
        add.Bind(enrollment, 0, add.Stage("default-enrollment-invitation", StageKind.Invitation, DefaultStages.Invitation));
        var ask = add.Stage("default-enrollment-prompt", StageKind.Prompt, "{}", DefaultPrompts.Enrollment);
        add.ValidateAs(ask, choose);
        add.Bind(enrollment, 10, ask);
        add.Bind(enrollment, 20, add.Stage("default-enrollment-write", StageKind.UserWrite, DefaultStages.WriteNew));
        add.Bind(enrollment, 30, add.Stage("default-enrollment-email", StageKind.Email, DefaultStages.EnrollmentEmail));
        add.Bind(enrollment, 100, login);
    }

    private static void AddAuthorization(FlowBuilder add)
    {
        const string title = "Redirecting to %(app)s";
        var consent = add.Stage("default-provider-authorization-consent", StageKind.Consent, DefaultStages.Consent);
        var explicitly = add.Flow(
            "default-provider-authorization-explicit-consent", title, FlowDesignation.Authorization, FlowAuthentication.RequireAuthenticated);
        add.Bind(explicitly, 0, consent);
        add.Flow("default-provider-authorization-implicit-consent", title, FlowDesignation.Authorization, FlowAuthentication.RequireAuthenticated);
    }

    // Open to nobody by itself: whoever runs it checks the latch of the installation first.
    private static void AddInitialSetUp(FlowBuilder add, Stage write, Stage login)
    {
        var setUp = add.Flow("initial-setup", "Welcome to Sidecar!", FlowDesignation.StageConfiguration);
        add.Bind(setUp, 10, add.Stage("stage-default-oobe-password", StageKind.Prompt, "{}", DefaultPrompts.InitialSetUp));
        add.Bind(setUp, 20, write);
        add.Bind(setUp, 100, login);
    }

    private static Flow AddUserSettings(FlowBuilder add)
    {
        var settings = add.Flow(
            "default-user-settings-flow", "Update your info", FlowDesignation.StageConfiguration, FlowAuthentication.RequireAuthenticated);
        add.Bind(settings, 20, add.Stage("default-user-settings", StageKind.Prompt, "{}", DefaultPrompts.UserSettings));
        add.Bind(settings, 100, add.Stage("default-user-settings-write", StageKind.UserWrite, DefaultStages.WriteExisting));
        return settings;
    }
}
