using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Introspection;

namespace Sidecar.ControlPlane.OpenId.UserInfo;

/// <summary>A token of a sign-in that does not stand any more is not active, however long it has to run (RFC 7662 section 2.2).</summary>
internal sealed class IntrospectOnlyLiveSignIns(SignInChecks checks) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleIntrospectionRequestContext>()
            .UseScopedHandler<IntrospectOnlyLiveSignIns>()
            .SetOrder(AttachPrincipal.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (context.Transaction.FindClient() is not { } client
            || context.GenericTokenPrincipal is not { } token
            || await checks.FindUserAsync(token, client, context.CancellationToken) is null)
        {
            context.Reject(Errors.InvalidToken, "The token is not active.");
        }
    }
}
