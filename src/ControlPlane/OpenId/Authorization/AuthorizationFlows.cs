using OpenIddict.Abstractions;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;

namespace Sidecar.ControlPlane.OpenId.Authorization;

/// <summary>The flows that stand between an authorization request and a code.</summary>
internal sealed class AuthorizationFlows(FlowStarter starter, FlowProofs proofs, ProviderFlows flows)
{
    private const string Purpose = "openid/authorize";

    /// <summary>Where the browser goes to sign in; from there it comes back to this request.</summary>
    public async Task<string> SignInAsync(HttpContext http, OpenIdClient client, OpenIddictRequest request)
    {
        var next = request.AddressAfterSignIn();
        return await flows.FindAsync(http, client.Provider.AuthenticationFlowId, FlowDesignation.Authentication) is { } flow
            ? await starter.StartAsync(http, flow, StartOf(client, request, next) with { Reauthenticate = true })
            : Addresses.SignInThen(next);
    }

    /// <summary>
    /// Whether the provider's authorization flow was passed for this request, or lets the user through now without asking anything. A proof that it was passed
    /// is used up: the next request for a code needs another.
    /// </summary>
    public async Task<bool> IsAuthorizedAsync(HttpContext http, OpenIdClient client, OpenIddictRequest request, StandingSignIn signIn) =>
        await proofs.TryConsumeAsync(http, Purpose, request.HashFor(signIn.Session))
        || await starter.AsksNothingAsync(http, await FlowAsync(http, client), StartOf(client, request, request.Address()));

    /// <summary>The page that asks; from there the browser comes back to this request.</summary>
    public async Task<string> AskAsync(HttpContext http, OpenIdClient client, OpenIddictRequest request, StandingSignIn signIn) => await starter.StartAsync(
        http,
        await FlowAsync(http, client),
        StartOf(client, request, request.Address()) with { Purpose = Purpose, RequestHash = request.HashFor(signIn.Session) });

    private async Task<Flow> FlowAsync(HttpContext http, OpenIdClient client) =>
        await flows.FindAsync(http, client.Provider.AuthorizationFlowId, FlowDesignation.Authorization)
        ?? throw new InvalidOperationException($"Provider {client.Provider.Name} has no authorization flow, and there is none to use instead.");

    private static FlowStart StartOf(OpenIdClient client, OpenIddictRequest request, string next) => new()
    {
        Next = next,
        Application = client.Application.Id,
        Provider = client.ProviderId,
        Scopes = [.. request.GetScopes().Intersect(OpenIdScopes.All, StringComparer.Ordinal)],
    };
}
