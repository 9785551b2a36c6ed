using System.Buffers.Binary;
using System.Security.Cryptography;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.SignOut;

/// <summary>The word of a person who was asked: sealed, short-lived, good for one ticket. A site that only makes a browser open an address has none.</summary>
internal static class SignOutToken
{
    public const string Purpose = "sidecar sign-out 1";

    private const int LifetimeSeconds = 300;

    public static string Make(Sealer sealer, CachedTicket ticket, long now)
    {
        var bytes = new byte[sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now + LifetimeSeconds);
        SHA256.HashData(ticket.Text, bytes.AsSpan(sizeof(long)));
        return sealer.Seal(Purpose, bytes);
    }

    public static bool Confirms(Sealer sealer, string? token, CachedTicket ticket, long now) =>
        token is not null && sealer.Open(Purpose, token) is { Length: sizeof(long) + SHA256.HashSizeInBytes } bytes
        && BinaryPrimitives.ReadInt64BigEndian(bytes) > now
        && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(sizeof(long)), SHA256.HashData(ticket.Text));
}
