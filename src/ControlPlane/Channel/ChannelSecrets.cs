using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Opens the secrets of the providers that one outpost serves, and of no other.</summary>
internal sealed class ChannelSecrets(ControlPlaneContext context, KeyWrap wrap)
{
    public async Task<SecretsDocument> OfAsync(Guid outpostId, CancellationToken cancel)
    {
        var providers = await context.ProxyProviders.AsNoTracking()
            .Where(provider => provider.Application != null && context.OutpostProviders.Any(link => link.OutpostId == outpostId && link.ProviderId == provider.Id))
            .OrderBy(provider => provider.Id).ToListAsync(cancel);
        return new SecretsDocument { Providers = [.. providers.Select(Open)] };
    }

    private ProviderSecrets Open(ProxyProvider provider) => new()
    {
        ClientId = provider.ClientId,
        ClientSecret = ProxyProviderSecrets.ClientSecretOf(provider, wrap),
        SealingKeys = [.. ProxyProviderSecrets.SealingKeysOf(provider, wrap).Select(key => Base64Url.EncodeToString(key))],
    };
}
