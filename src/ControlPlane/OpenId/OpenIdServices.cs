using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Authorization;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.EndSession;
using Sidecar.ControlPlane.OpenId.IssuedTokens;
using Sidecar.ControlPlane.OpenId.Issuers;
using Sidecar.ControlPlane.OpenId.Server;
using Sidecar.ControlPlane.OpenId.SignIns;
using Sidecar.ControlPlane.OpenId.Token;

namespace Sidecar.ControlPlane.OpenId;

internal static class OpenIdServices
{
    public static IServiceCollection AddOpenId(this IServiceCollection services)
    {
        services.AddOpenIdServer();
        return services
            .AddSingleton<IConfigureOptions<OpenIddictServerOptions>, OpenIdSigningKeys>()
            .AddHostedService<OpenIdKeyRefresher>()
            .AddHostedService<IssuedTokenPruner>()
            .AddScoped<PublicAddress>()
            .AddScoped<OpenIdClients>()
            .AddScoped<SignInChecks>()
            .AddScoped<UserClaims>()
            .AddScoped<OutpostTickets>()
            .AddScoped<ProviderFlows>()
            .AddScoped<AuthorizationFlows>()
            .AddScoped<AuthorizeEndpoint>()
            .AddScoped<EndSessionEndpoint>()
            .AddScoped<OpenIdPages>();
    }
}
