using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Authentication;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>A sign-in without nonce lets an ID token of one attempt be used in another (OpenID Connect Core 15.5.2).</summary>
internal sealed class RequireNonce : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<RequireNonce>()
            .SetOrder(ValidateNonceParameter.Descriptor.Order + 1)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request.Nonce))
        {
            context.Reject(Errors.InvalidRequest, "The parameter 'nonce' is required.");
        }

        return default;
    }
}
