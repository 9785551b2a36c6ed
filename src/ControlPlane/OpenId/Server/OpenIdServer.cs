using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.IssuedTokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>OpenIddict, narrowed to what a proxy provider needs: the authorization code flow with PKCE S256, refresh tokens, and app passwords of machines.</summary>
internal static class OpenIdServer
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);

    // The client reads it once, right after the exchange.
    private static readonly TimeSpan IdentityTokenLifetime = TimeSpan.FromMinutes(5);

    public static void AddOpenIdServer(this IServiceCollection services) =>
        services.AddOpenIddict()
            .AddCore(core => core
                .SetDefaultApplicationEntity<OpenIdClient>()
                .ReplaceApplicationStore<OpenIdClient, OpenIdClientStore>()
                .ReplaceApplicationManager<OpenIdClient, OpenIdClientManager>()
                .SetDefaultTokenEntity<IssuedToken>()
                .ReplaceTokenStore<IssuedToken, IssuedTokenStore>())
            .AddServer(Configure);

    private static void Configure(OpenIddictServerBuilder server)
    {
        AddAddresses(server);
        AddGrants(server);
        AddTokens(server);
        AddHandlers(server);

        // TLS ends at the proxy or at the outpost; the issuer comes from the configured address, so the scheme of this hop says nothing.
        server.UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableErrorPassthrough();
    }

    // With a leading slash: shared by all applications. Without: under each application's issuer.
    private static void AddAddresses(OpenIddictServerBuilder server) => server
        .SetAuthorizationEndpointUris(OpenIdAddresses.Authorize)
        .SetTokenEndpointUris(OpenIdAddresses.Token)
        .SetUserInfoEndpointUris(OpenIdAddresses.UserInfo)
        .SetIntrospectionEndpointUris(OpenIdAddresses.Introspect)
        .SetRevocationEndpointUris(OpenIdAddresses.Revoke)
        .SetConfigurationEndpointUris(OpenIdAddresses.Discovery)
        .SetJsonWebKeySetEndpointUris(OpenIdAddresses.Jwks)
        .SetEndSessionEndpointUris(OpenIdAddresses.EndSession);

    private static void AddGrants(OpenIddictServerBuilder server) => server
        .AllowAuthorizationCodeFlow()
        .AllowClientCredentialsFlow()
        .AllowRefreshTokenFlow()
        .RequireProofKeyForCodeExchange()
        .RegisterScopes(OpenIdScopes.All)
        .DisableAuthorizationStorage()
        .DisableScopeValidation()
        .Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            options.ResponseModes.Clear();
            options.ResponseModes.Add(ResponseModes.Query);
            options.ClientAuthenticationMethods.Clear();
            options.ClientAuthenticationMethods.UnionWith([ClientAuthenticationMethods.ClientSecretBasic, ClientAuthenticationMethods.ClientSecretPost]);
            options.PromptValues.Clear();
            options.PromptValues.UnionWith([PromptValues.None, PromptValues.Login, PromptValues.Consent]);
        });

    private static void AddTokens(OpenIddictServerBuilder server)
    {
        server
            .SetAuthorizationCodeLifetime(CodeLifetime)
            .SetIdentityTokenLifetime(IdentityTokenLifetime)
            .UseReferenceRefreshTokens()
            .DisableAccessTokenEncryption()
            .IgnoreScopePermissions()

            // OpenIddict asks for one, and nothing is encrypted with it: codes and refresh tokens go through Data Protection, whose keys all replicas share.
            // One of its own making would be RSA, which takes a second of each start.
            .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));

        server.UseDataProtection().PreferDefaultAccessTokenFormat();
    }

    private static void AddHandlers(OpenIddictServerBuilder server)
    {
        foreach (var handler in OpenIdHandlers.All)
        {
            server.AddEventHandler(handler);
        }
    }
}
