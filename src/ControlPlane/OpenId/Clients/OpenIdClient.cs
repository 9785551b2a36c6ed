using System.Collections.Immutable;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.OpenId.Clients;

/// <summary>An application's provider as OpenIddict sees it. Read from the provider's row each time: there is no second copy to fall out of step.</summary>
internal sealed record OpenIdClient
{
    public required Application Application { get; init; }

    public required ProxyProvider Provider { get; init; }

    public int ProviderId => Provider.Id;

    public string ClientId => Provider.ClientId;

    public string Slug => Application.Slug;

    public required string ClientSecret { get; init; }

    public required string RedirectUri { get; init; }

    public required ImmutableArray<string> PostLogoutRedirectUris { get; init; }

    public required TimeSpan AccessTokenLifetime { get; init; }

    public required TimeSpan RefreshTokenLifetime { get; init; }

    // A record prints its members; a log line must not.
    public override string ToString() => $"OpenIdClient {{ ClientId = {ClientId} }}";
}
