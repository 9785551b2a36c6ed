using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;

namespace Sidecar.Outpost.SignIn;

/// <summary>What requests ask of the control plane while a person waits. None of these is ever sent twice.</summary>
internal interface IControlPlaneCalls
{
    Task<RedeemOutcome> RedeemAsync(
        string clientId, string clientSecret, string code, string codeVerifier, string redirectUri, CancellationToken cancel);

    Task<CredentialOutcome> CheckCredentialAsync(CredentialCheck check, CancellationToken cancel);

    Task<bool> EndSessionAsync(Guid sid, CancellationToken cancel);
}
