using Sidecar.ControlPlane.Authenticators.Stages;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Authenticators;

internal static class AuthenticatorServices
{
    public static IServiceCollection AddAuthenticators(this IServiceCollection services) => services
        .AddSingleton<TotpSecrets>().AddSingleton<RecoveryCodes>().AddSingleton<RememberedDevice>()
        .AddScoped<ProvenUser>().AddScoped<Enrolment>().AddScoped<AuthenticatorAudit>().AddScoped<CodeCheck>()
        .AddStage<AuthenticatorTotpStage>(AuthenticatorTotpSettings.Description)
        .AddStage<AuthenticatorStaticStage>(AuthenticatorStaticSettings.Description)
        .AddStage<AuthenticatorValidateStage>(AuthenticatorValidateSettings.Description);
}
