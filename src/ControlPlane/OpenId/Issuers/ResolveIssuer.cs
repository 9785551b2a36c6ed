using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Sidecar.ControlPlane.OpenId.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sidecar.ControlPlane.OpenId.Issuers;

/// <summary>
/// Sets the issuer of a request from the configured public address. OpenIddict takes it from the Host header, which anybody can write: an outpost that
/// redeems a code over an internal address must get the same <c>iss</c> as a browser.
/// </summary>
internal sealed class ResolveIssuer(PublicAddress publicAddress, OpenIdClients clients) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
            .UseScopedHandler<ResolveIssuer>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        if (OpenIdAddresses.SegmentOf(request.Path) is not { } segment)
        {
            context.SkipRequest();
            return;
        }

        if (await publicAddress.FindAsync(context.CancellationToken) is not { } address)
        {
            await NoPublicAddress.WriteAsync(request.HttpContext);
            context.HandleRequest();
            return;
        }

        context.RequestUri = new Uri(UriHelper.BuildAbsolute(address.Scheme, HostString.FromUriComponent(address), default, request.Path, request.QueryString));
        if (OpenIdAddresses.IsShared(segment))
        {
            // Which application it is about shows in the request; see AttachIssuerOfClient.
            context.BaseUri = address;
        }
        else if (await clients.FindBySlugAsync(segment, context.CancellationToken) is { } client)
        {
            context.BaseUri = await publicAddress.FindIssuerAsync(client.Slug, context.CancellationToken);
            context.Transaction.SetClient(client);
        }
        else
        {
            context.SkipRequest();
        }
    }
}
