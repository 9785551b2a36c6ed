using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Fuzz.Targets;

/// <summary>A control plane that knows nobody but Ana and accepts nothing.</summary>
internal sealed class ControlPlaneAway : IControlPlaneCalls, IPrincipalSource
{
    public Task<RedeemOutcome> RedeemAsync(
        string clientId, string clientSecret, string code, string codeVerifier, string redirectUri, CancellationToken cancel) =>
        Task.FromResult<RedeemOutcome>(new RedeemOutcome.Refused("invalid_grant"));

    public Task<CredentialOutcome> CheckCredentialAsync(CredentialCheck check, CancellationToken cancel) =>
        Task.FromResult<CredentialOutcome>(new CredentialOutcome.Refused());

    public Task<bool> EndSessionAsync(Guid sid, CancellationToken cancel) => Task.FromResult(true);

    public Task<PrincipalLookup> GetPrincipalAsync(Guid id, CancellationToken cancel) =>
        Task.FromResult(id == FuzzScene.Ana.Id ? PrincipalLookup.Found(FuzzScene.Ana) : PrincipalLookup.Unknown);
}
