using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;

namespace Sidecar.Outpost.SignIn;

/// <summary>The calls over the channel, each within the budget that a waiting browser has. Late is the same as away.</summary>
internal sealed class ControlPlaneCalls(ControlPlaneClient client, TimeProvider time) : IControlPlaneCalls
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public Task<RedeemOutcome> RedeemAsync(
        string clientId, string clientSecret, string code, string codeVerifier, string redirectUri, CancellationToken cancel) =>
        WithinAsync(limit => client.RedeemAsync(clientId, clientSecret, code, codeVerifier, redirectUri, limit), new RedeemOutcome.Unavailable(), cancel);

    public Task<CredentialOutcome> CheckCredentialAsync(CredentialCheck check, CancellationToken cancel) =>
        WithinAsync(limit => client.CheckCredentialAsync(check, limit), new CredentialOutcome.Unavailable(), cancel);

    public Task<bool> EndSessionAsync(Guid sid, CancellationToken cancel) =>
        WithinAsync(limit => client.EndSessionAsync(sid, limit), false, cancel);

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, T late, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Budget, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return late;
        }
    }
}
