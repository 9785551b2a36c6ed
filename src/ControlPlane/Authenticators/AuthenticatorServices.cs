using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators;

internal static class AuthenticatorServices
{
    public static IServiceCollection AddAuthenticators(this IServiceCollection services) => services
        .AddSingleton<TotpSecrets>().AddSingleton<RecoveryCodes>().AddSingleton<RememberedDevice>()
        .AddScoped<ProvenUser>().AddScoped<Enrolment>().AddScoped<AuthenticatorAudit>().AddScoped<CodeCheck>()
        .AddSingleton<WebAuthnChallenges>().AddScoped<RelyingParty>().AddScoped<WebAuthnCheck>().AddScoped<PasskeyCheck>().AddScoped<DeviceRemoval>()
        .AddStage<AuthenticatorTotpStage>(AuthenticatorTotpSettings.Description)
        .AddStage<AuthenticatorStaticStage>(AuthenticatorStaticSettings.Description)
        .AddStage<AuthenticatorWebAuthnStage>(AuthenticatorWebAuthnSettings.Description)
        .AddStage<AuthenticatorValidateStage>(AuthenticatorValidateSettings.Description);
}
