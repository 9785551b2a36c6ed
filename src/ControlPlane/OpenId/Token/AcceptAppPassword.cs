using OpenIddict.Abstractions;
using OpenIddict.Server;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Exchange;

namespace Sidecar.ControlPlane.OpenId.Token;

/// <summary>
/// authentik's sign-in of machines: <c>client_credentials</c> with a user's name and app password. They prove more than the client's secret does, which a
/// machine need not be given; where it is given, it is checked all the same.
/// </summary>
internal sealed class AcceptAppPassword(OpenIdClients clients, SignInChecks checks) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    private const string Key = "sidecar:credential";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseScopedHandler<AcceptAppPassword>()
            .SetOrder(ValidateClientCredentialsParameters.Descriptor.Order - 1)
            .Build();

    public static StandingCredential? CredentialOf(OpenIddictServerTransaction transaction) => transaction.GetProperty<StandingCredential>(Key);

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var request = context.Request;
        if (!request.IsClientCredentialsGrantType())
        {
            return;
        }

        if (request is not { ClientId: { } clientId, Username: { Length: > 0 } username, Password: { Length: > 0 } password })
        {
            context.Reject(Errors.InvalidRequest, "The parameters 'username' and 'password' are required: a user's name and one of their app passwords.");
            return;
        }

        // An unknown client, a wrong password and a user without access are one answer.
        if (await clients.FindByClientIdAsync(clientId, context.CancellationToken) is not { } client
            || await checks.FindAppPasswordAsync(username, password, client, context.CancellationToken) is not { } credential)
        {
            context.Reject(Errors.InvalidGrant, "The client, the user name or the app password is not valid, or the user has no access.");
            return;
        }

        context.Transaction.SetProperty(Key, credential);
        request.ClientSecret ??= client.ClientSecret;
    }
}
