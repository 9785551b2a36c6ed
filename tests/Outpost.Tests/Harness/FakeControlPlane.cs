using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>A control plane that answers as the test says and remembers what it was asked.</summary>
internal sealed class FakeControlPlane : IControlPlaneCalls, IPrincipalSource
{
    public bool IsAway { get; set; }

    public Dictionary<Guid, Principal> Principals { get; } = [];

    public int Fetches { get; private set; }

    public List<(string Code, string Verifier, string RedirectUri)> Redeemed { get; } = [];

    public Func<string, RedeemOutcome> Redeem { get; set; } = _ => new RedeemOutcome.Refused("invalid_grant");

    public List<CredentialCheck> Checked { get; } = [];

    public Func<CredentialCheck, CredentialOutcome> Check { get; set; } = _ => new CredentialOutcome.Refused();

    public List<Guid> Ended { get; } = [];

    public Task<RedeemOutcome> RedeemAsync(
        string clientId, string clientSecret, string code, string codeVerifier, string redirectUri, CancellationToken cancel)
    {
        lock (Redeemed)
        {
            Redeemed.Add((code, codeVerifier, redirectUri));
        }

        return Task.FromResult(IsAway ? new RedeemOutcome.Unavailable() : Redeem(code));
    }

    /// <summary>Answers to credential checks wait for it.</summary>
    public Task CheckGate { get; set; } = Task.CompletedTask;

    public async Task<CredentialOutcome> CheckCredentialAsync(CredentialCheck check, CancellationToken cancel)
    {
        Checked.Add(check);
        await CheckGate;
        return IsAway ? new CredentialOutcome.Unavailable() : Check(check);
    }

    public Task<bool> EndSessionAsync(Guid sid, CancellationToken cancel)
    {
        if (!IsAway)
        {
            Ended.Add(sid);
        }

        return Task.FromResult(!IsAway);
    }

    /// <summary>Answers about principals wait for it.</summary>
    public Task PrincipalGate { get; set; } = Task.CompletedTask;

    public async Task<PrincipalLookup> GetPrincipalAsync(Guid id, CancellationToken cancel)
    {
        Fetches++;
        await PrincipalGate;
        return IsAway ? default : Principals.TryGetValue(id, out var principal) ? PrincipalLookup.Found(principal) : PrincipalLookup.Unknown;
    }
}
