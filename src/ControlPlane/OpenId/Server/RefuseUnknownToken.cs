using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>A token whose row is missing (the database was restored from a backup) is refused; OpenIddict would answer with an exception.</summary>
internal sealed class RefuseUnknownToken(IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireTokenIdResolved>()
            .UseScopedHandler<RefuseUnknownToken>()
            .SetOrder(ValidateTokenEntry.Descriptor.Order - 1)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (await tokens.FindByIdAsync(context.TokenId!, context.CancellationToken) is null)
        {
            context.Reject(Errors.InvalidToken, "The token is not known here.");
        }
    }
}
