using Sidecar.Contracts.Signing;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Secrets;

namespace Sidecar.Outpost.Snapshots;

/// <summary>What one request works with from its first line to its last: immutable, taken once.</summary>
internal sealed record Serving(CompiledSnapshot Compiled, TrustRecord Trust, SecretsTable Secrets)
{
    /// <summary>Public keys that verify tickets.</summary>
    public IReadOnlyList<PublicKeyRecord> TicketKeys => Compiled.Source.TicketKeys;

    /// <summary>Null: this outpost has no secrets of that provider, so nobody can sign in there now.</summary>
    public DecodedSecrets? SecretsOf(string clientId) => Secrets.Find(clientId);
}
