using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Codes that change with the time (RFC 6238, over RFC 4226): HMAC-SHA-1 and steps of 30 seconds, the one form that every application knows.</summary>
internal static class TotpCode
{
    public const int StepSeconds = 30;

    /// <summary>How far the clock of a telephone may be off, in steps, to either side (RFC 6238, 5.2 and 6).</summary>
    public const int Tolerance = 1;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string Of(ReadOnlySpan<byte> key, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What is known of SHA-1 does not touch its use in HMAC, and applications know nothing else.
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        var code = digits == 8 ? number % 100_000_000 : number % 1_000_000;
        return code.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The newest step near <paramref name="time"/> whose code this is and that lies after <paramref name="lastStep"/>; null: none.</summary>
    public static long? StepOf(ReadOnlySpan<byte> key, string code, int digits, DateTimeOffset time, long lastStep)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        long? found = null;

        // Every step is compared, whichever fits: the time that it takes tells nothing.
        for (var step = StepAt(time) - Tolerance; step <= StepAt(time) + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(Of(key, step, digits))) && step > lastStep)
            {
                found = step;
            }
        }

        return found;
    }
}
