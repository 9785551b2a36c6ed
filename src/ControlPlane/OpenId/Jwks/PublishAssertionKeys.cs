using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.Storage;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Discovery;

namespace Sidecar.ControlPlane.OpenId.Jwks;

/// <summary>
/// Beside the OpenID keys, an application's key set holds the public keys of the outposts that serve it: its service verifies <c>X-authentik-jwt</c> with
/// them. Here they verify nothing: what OpenIddict accepts is signed by its own credentials.
/// </summary>
internal sealed class PublishAssertionKeys(ControlPlaneContext database) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleJsonWebKeySetRequestContext>()
            .UseScopedHandler<PublishAssertionKeys>()
            .SetOrder(AttachSigningKeys.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        if (context.Transaction.FindClient() is not { } client)
        {
            return;
        }

        var instances = await database.OutpostInstances.AsNoTracking()
            .Where(instance => instance.AssertionKid != null)
            .Where(instance => database.OutpostProviders.Any(link => link.OutpostId == instance.OutpostId && link.ProviderId == client.ProviderId))
            .ToListAsync(context.CancellationToken);
        foreach (var instance in instances.DistinctBy(instance => instance.AssertionKid))
        {
            context.Keys.Add(new JsonWebKey
            {
                Kid = instance.AssertionKid,
                Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
                Crv = JsonWebKeyECTypes.P256,
                X = instance.AssertionX,
                Y = instance.AssertionY,
                Use = JsonWebKeyUseNames.Sig,
                Alg = SecurityAlgorithms.EcdsaSha256,
            });
        }
    }
}
