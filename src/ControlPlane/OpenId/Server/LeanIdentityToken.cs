using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>An ID token is read once by its client and never shown to us as a credential: no row for it, and none of OpenIddict's private claims in it.</summary>
internal sealed class LeanIdentityToken : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<LeanIdentityToken>()
            .SetOrder(AttachSecurityCredentials.Descriptor.Order + 1)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.IdentityToken)
        {
            context.CreateTokenEntry = false;
            context.PersistTokenPayload = false;
            context.Principal.RemoveClaims(Claims.Private.AuthorizationId);
            context.Principal.RemoveClaims(Claims.Private.TokenId);
        }

        return default;
    }
}
