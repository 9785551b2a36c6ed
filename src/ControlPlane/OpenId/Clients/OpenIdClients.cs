using System.Collections.Immutable;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.OpenId.Clients;

/// <summary>Finds clients among the proxy providers. A provider without an application has no issuer and is no client.</summary>
internal sealed class OpenIdClients(ControlPlaneContext database, KeyWrap wrap)
{
    private const string CallbackPath = "/outpost.goauthentik.io/callback?X-authentik-auth-callback=true";

    public ValueTask<OpenIdClient?> FindByClientIdAsync(string clientId, CancellationToken cancel) =>
        FindAsync(application => ((ProxyProvider)application.Provider!).ClientId == clientId, cancel);

    public ValueTask<OpenIdClient?> FindByProviderAsync(int providerId, CancellationToken cancel) =>
        FindAsync(application => application.ProviderId == providerId, cancel);

    public ValueTask<OpenIdClient?> FindBySlugAsync(string slug, CancellationToken cancel) => FindAsync(application => application.Slug == slug, cancel);

    private async ValueTask<OpenIdClient?> FindAsync(Expression<Func<Application, bool>> which, CancellationToken cancel)
    {
        var application = await database.Applications.AsNoTracking()
            .Include(row => row.Provider)
            .Where(row => row.Provider is ProxyProvider)
            .SingleOrDefaultAsync(which, cancel);
        return application is { Provider: ProxyProvider provider } ? Read(application, provider) : null;
    }

    private OpenIdClient Read(Application application, ProxyProvider provider)
    {
        var externalHost = provider.ExternalHost.TrimEnd('/');
        return new OpenIdClient
        {
            Provider = provider,
            Application = application,
            ClientSecret = ProxyProviderSecrets.ClientSecretOf(provider, wrap),
            RedirectUri = externalHost + CallbackPath,
            PostLogoutRedirectUris = ImmutableArray.Create(externalHost, externalHost + "/"),
            AccessTokenLifetime = Duration.TryParse(provider.AccessTokenValidity) ?? TimeSpan.FromHours(24),
            RefreshTokenLifetime = Duration.TryParse(provider.RefreshTokenValidity) ?? TimeSpan.FromDays(30),
        };
    }
}
