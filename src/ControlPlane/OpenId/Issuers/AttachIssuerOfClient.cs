using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sidecar.ControlPlane.OpenId.Issuers;

/// <summary>On the addresses that all applications share, the issuer is that of the client which the request names.</summary>
internal sealed class AttachIssuerOfClient(PublicAddress publicAddress, OpenIdClients clients) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<AttachIssuerOfClient>()
            .SetOrder(int.MinValue + 50_000)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // An unknown client is refused by OpenIddict's own check, which comes later.
        if (context.Transaction.FindClient() is null && context.Request?.ClientId is { } clientId
            && await clients.FindByClientIdAsync(clientId, context.CancellationToken) is { } client)
        {
            context.BaseUri = await publicAddress.FindIssuerAsync(client.Slug, context.CancellationToken);
            context.Transaction.SetClient(client);
        }
    }
}
