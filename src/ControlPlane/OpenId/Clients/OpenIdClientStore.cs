using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Clients;

/// <summary>Shows providers to OpenIddict as its clients. Read only: a provider is changed where providers are changed.</summary>
internal sealed partial class OpenIdClientStore(OpenIdClients clients) : IOpenIddictApplicationStore<OpenIdClient>
{
    // What a proxy provider may do, however it asks. Scopes are not listed: unknown ones are dropped, as authentik does.
    private static readonly ImmutableArray<string> ProxyPermissions =
    [
        Permissions.Endpoints.Authorization,
        Permissions.Endpoints.Token,
        Permissions.Endpoints.Introspection,
        Permissions.Endpoints.Revocation,
        Permissions.Endpoints.EndSession,
        Permissions.GrantTypes.AuthorizationCode,
        Permissions.GrantTypes.ClientCredentials,
        Permissions.GrantTypes.RefreshToken,
        Permissions.ResponseTypes.Code,
    ];

    private static readonly ImmutableArray<string> ProxyRequirements = [Requirements.Features.ProofKeyForCodeExchange];

    public ValueTask<OpenIdClient?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) =>
        clients.FindByClientIdAsync(identifier, cancellationToken);

    public ValueTask<OpenIdClient?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        int.TryParse(identifier, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? clients.FindByProviderAsync(id, cancellationToken) : default;

    public ValueTask<string?> GetApplicationTypeAsync(OpenIdClient application, CancellationToken cancellationToken) => new(ApplicationTypes.Web);

    public ValueTask<string?> GetClientIdAsync(OpenIdClient application, CancellationToken cancellationToken) => new(application.ClientId);

    public ValueTask<string?> GetClientSecretAsync(OpenIdClient application, CancellationToken cancellationToken) => new(application.ClientSecret);

    public ValueTask<string?> GetClientTypeAsync(OpenIdClient application, CancellationToken cancellationToken) => new(ClientTypes.Confidential);

    // Consent is a stage of the provider's authorization flow, not OpenIddict's business.
    public ValueTask<string?> GetConsentTypeAsync(OpenIdClient application, CancellationToken cancellationToken) => new(ConsentTypes.External);

    public ValueTask<string?> GetDisplayNameAsync(OpenIdClient application, CancellationToken cancellationToken) => new(application.Application.Name);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<CultureInfo, string>.Empty);

    public ValueTask<string?> GetIdAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new(application.ProviderId.ToString(CultureInfo.InvariantCulture));

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(OpenIdClient application, CancellationToken cancellationToken) => default;

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(OpenIdClient application, CancellationToken cancellationToken) => new(ProxyPermissions);

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new(application.PostLogoutRedirectUris);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<string, JsonElement>.Empty);

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new([application.RedirectUri]);

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(OpenIdClient application, CancellationToken cancellationToken) => new(ProxyRequirements);

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(OpenIdClient application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<string, string>.Empty);
}
