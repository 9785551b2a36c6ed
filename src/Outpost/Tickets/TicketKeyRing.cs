using Microsoft.IdentityModel.Tokens;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Tickets;

namespace Sidecar.Outpost.Tickets;

/// <summary>The keys that verify tickets of one installation. The same object as long as they do not change: cached tickets are bound to it.</summary>
internal sealed class TicketKeyRing
{
    private readonly Guid _installation;
    private readonly IReadOnlyList<PublicKeyRecord> _records;

    public TicketKeyRing(Guid installation, IReadOnlyList<PublicKeyRecord> records)
    {
        _installation = installation;
        _records = records;
        Issuer = Ticket.IssuerOf(installation);
        Keys = [.. records.Select(AsSecurityKey).OfType<SecurityKey>()];
    }

    public string Issuer { get; }

    public IReadOnlyList<SecurityKey> Keys { get; }

    public bool IsFor(Guid installation, IReadOnlyList<PublicKeyRecord> records) =>
        _installation == installation && _records.SequenceEqual(records);

    // A record that is no key verifies nothing.
    private static ECDsaSecurityKey? AsSecurityKey(PublicKeyRecord record) =>
        EcKeys.TryImport(record) is { } key ? new ECDsaSecurityKey(key) { KeyId = record.Kid } : null;
}
