using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Sidecar.ControlPlane.OpenId.Issuers;

/// <summary>
/// The userinfo address is shared and its request names no client: any application's issuer passes here, and the endpoint then compares it with that
/// of the token's client. Everywhere else the issuer is known before a token is read.
/// </summary>
internal sealed class AcceptIssuerAtUserInfo(PublicAddress publicAddress) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<AcceptIssuerAtUserInfo>()
            .SetOrder(ResolveTokenValidationParameters.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.UserInfo
            && await publicAddress.FindAsync(context.CancellationToken) is { } address)
        {
            var root = new Uri(address, OpenIdAddresses.Root).AbsoluteUri;
            context.TokenValidationParameters.ValidIssuers = null;
            context.TokenValidationParameters.IssuerValidator = (issuer, _, _) =>
                issuer.StartsWith(root, StringComparison.Ordinal) ? issuer : throw new SecurityTokenInvalidIssuerException { InvalidIssuer = issuer };
        }
    }
}
