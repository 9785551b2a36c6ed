using System.Buffers;
using System.Text;

namespace Sidecar.Decisions.Paths;

/// <summary>Decodes the character that a run of <c>%XX</c> starts with (RFC 3986 section 2.1, UTF-8).</summary>
internal static class PercentDecoder
{
    private const int TripletLength = 3;
    private const int MaxUtf8Length = 4;

    public static PathCharacter ReadFirst(ReadOnlySpan<char> raw)
    {
        Span<byte> bytes = stackalloc byte[MaxUtf8Length];
        var count = 0;
        while (count < MaxUtf8Length && TryByte(raw[(count * TripletLength)..], out bytes[count]))
        {
            count++;
            if (bytes[0] <= 0x7F)
            {
                break;
            }
        }

        // Overlong forms, surrogates and cut sequences are refused by the decoder.
        if (count == 0 || Rune.DecodeFromUtf8(bytes[..count], out var value, out var used) != OperationStatus.Done)
        {
            return new PathCharacter(Rune.ReplacementChar, true, 1, PathFault.BadEncoding);
        }

        return new PathCharacter(value, true, used * TripletLength, PathCharacter.FaultOfDecoded(value));
    }

    private static bool TryByte(ReadOnlySpan<char> raw, out byte value)
    {
        value = 0;
        if (raw.Length < TripletLength || raw[0] != '%' || !char.IsAsciiHexDigit(raw[1]) || !char.IsAsciiHexDigit(raw[2]))
        {
            return false;
        }

        value = (byte)((HexOf(raw[1]) << 4) | HexOf(raw[2]));
        return true;
    }

    private static int HexOf(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
