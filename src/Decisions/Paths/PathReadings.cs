using System.Text;

namespace Sidecar.Decisions.Paths;

/// <summary>The two readings of a path without faults that must lead to the same decision.</summary>
internal static class PathReadings
{
    /// <summary>Decoded, doubled slashes joined: what an application most likely acts on.</summary>
    public static int Normalized(ReadOnlySpan<char> raw, Span<char> destination)
    {
        var written = 0;
        while (!raw.IsEmpty)
        {
            var next = PathCharacter.ReadFirst(raw);
            if (next.Value.Value != '/' || written == 0 || destination[written - 1] != '/')
            {
                written += next.Value.EncodeToUtf16(destination[written..]);
            }

            raw = raw[next.RawLength..];
        }

        return written;
    }

    /// <summary>
    /// As sent, except for characters that can only be sent encoded (<c>%20</c>, <c>%C3%BC</c>): without those decoded, no expression with a space or an
    /// umlaut could ever be public.
    /// </summary>
    public static int Literal(ReadOnlySpan<char> raw, Span<char> destination)
    {
        var written = 0;
        while (!raw.IsEmpty)
        {
            var next = PathCharacter.ReadFirst(raw);
            if (!next.IsEncoded || MustBeEncoded(next.Value))
            {
                written += next.Value.EncodeToUtf16(destination[written..]);
            }
            else
            {
                raw[..next.RawLength].CopyTo(destination[written..]);
                written += next.RawLength;
            }

            raw = raw[next.RawLength..];
        }

        return written;
    }

    private static bool MustBeEncoded(Rune value) => !value.IsAscii || " \"<>[]^`{|}".Contains((char)value.Value, StringComparison.Ordinal);
}
