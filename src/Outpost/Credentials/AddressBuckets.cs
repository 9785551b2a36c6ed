using System.IO.Hashing;
using System.Net;
using System.Security.Cryptography;

namespace Sidecar.Outpost.Credentials;

/// <summary>
/// A token bucket per client address, in a fixed table: addresses that share a row share a bucket, so that no number of addresses makes it grow or pushes
/// anybody's count out.
/// </summary>
internal sealed class AddressBuckets(TimeProvider time)
{
    private const int Rows = 4096;
    private const double Burst = 30;
    private const double PerSecond = 3;

    private readonly Lock _lock = new();
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly (double Tokens, long At)[] _rows = new (double, long)[Rows];

    public bool TryTake(IPAddress? address)
    {
        ref var row = ref _rows[RowOf(address)];
        var now = time.GetTimestamp();
        lock (_lock)
        {
            // A row that nobody used yet is full.
            var tokens = row.At == 0 ? Burst : Math.Min(Burst, row.Tokens + (time.GetElapsedTime(row.At, now).TotalSeconds * PerSecond));
            row = (tokens >= 1 ? tokens - 1 : tokens, now);
            return tokens >= 1;
        }
    }

    // IPv6 by /64: whoever has one address there has all of them. Unknown addresses share one row.
    private int RowOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var length = address is not null && address.TryWriteBytes(bytes, out var written) ? Math.Min(written, 8) : 0;
        return (int)(XxHash3.HashToUInt64(bytes[..length], _seed) % Rows);
    }
}
