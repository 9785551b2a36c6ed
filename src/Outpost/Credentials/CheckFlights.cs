using System.Collections.Concurrent;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.Credentials;

/// <summary>
/// Checks under way: one for a credential at a provider, however many requests bring it at once. A client that opens fifty connections pays for one check.
/// </summary>
internal sealed class CheckFlights
{
    private readonly ConcurrentDictionary<(string ClientId, string Header), Lazy<Task<ProofOutcome>>> _flights = new();

    /// <summary>The check that is under way for exactly this; null: none.</summary>
    public Task<ProofOutcome>? Find(string clientId, string header) => _flights.TryGetValue((clientId, header), out var flight) ? flight.Value : null;

    /// <param name="clientId">The provider.</param>
    /// <param name="header">The whole header.</param>
    /// <param name="check">Begun unless one is under way. No request's end cancels it: others may wait for the same answer.</param>
    public Task<ProofOutcome> Board(string clientId, string header, Func<Task<ProofOutcome>> check)
    {
        Lazy<Task<ProofOutcome>>? own = null;
        own = new Lazy<Task<ProofOutcome>>(() => FlyAsync((clientId, header), check, own!));
        return _flights.GetOrAdd((clientId, header), own).Value;
    }

    private async Task<ProofOutcome> FlyAsync((string ClientId, string Header) key, Func<Task<ProofOutcome>> check, Lazy<Task<ProofOutcome>> self)
    {
        try
        {
            return await check();
        }
        finally
        {
            _flights.TryRemove(KeyValuePair.Create(key, self));
        }
    }
}
