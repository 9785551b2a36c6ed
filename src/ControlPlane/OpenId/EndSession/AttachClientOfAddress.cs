using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sidecar.ControlPlane.OpenId.EndSession;

/// <summary>The address names the application; a request that names another one as its client is refused.</summary>
internal sealed class AttachClientOfAddress : IOpenIddictServerHandler<ValidateEndSessionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateEndSessionRequestContext>()
            .UseSingletonHandler<AttachClientOfAddress>()
            .SetOrder(int.MinValue + 50_000)
            .Build();

    public ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        if (context.Transaction.FindClient() is not { } client || (context.Request.ClientId is { Length: > 0 } named && named != client.ClientId))
        {
            context.Reject(Errors.InvalidRequest, "The parameter 'client_id' is not that of this address.");
        }
        else
        {
            context.Request.ClientId = client.ClientId;
        }

        return default;
    }
}
