using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// Finds cookies by name in raw <c>Cookie</c> headers (RFC 6265 section 4.2.1) without allocating. Names compare exactly; whatever cannot be read as
/// <c>name=value</c> is skipped, never repaired.
/// </summary>
internal static class CookieReader
{
    /// <returns>How many were put into <paramref name="found"/>.</returns>
    public static int Find(in StringValues headers, string name, ref CookieSlots found) => Find(headers, name, anyMore: 0, ref found);

    /// <summary>As the other, for all names that are <paramref name="name"/> and any <paramref name="anyMore"/> characters.</summary>
    public static int Find(in StringValues headers, string name, int anyMore, ref CookieSlots found)
    {
        var count = 0;
        for (var i = 0; i < headers.Count && count < CookieSlots.Max; i++)
        {
            count = Find(headers[i], name, anyMore, ref found, count);
        }

        return count;
    }

    private static int Find(string? header, string name, int anyMore, ref CookieSlots found, int count)
    {
        if (header is null)
        {
            return count;
        }

        var start = 0;
        while (start < header.Length && count < CookieSlots.Max)
        {
            var length = header.AsSpan(start).IndexOf(';');
            var end = length < 0 ? header.Length : start + length;
            if (TryMatch(header, start, end, name, name.Length + anyMore, out var slice))
            {
                found[count++] = slice;
            }

            start = end + 1;
        }

        return count;
    }

    private static bool TryMatch(string header, int start, int end, string name, int nameLength, out CookieSlice slice)
    {
        slice = default;
        while (start < end && header[start] is ' ' or '\t')
        {
            start++;
        }

        while (end > start && header[end - 1] is ' ' or '\t')
        {
            end--;
        }

        if (end - start <= nameLength || header[start + nameLength] != '=' || !header.AsSpan(start, name.Length).SequenceEqual(name))
        {
            return false;
        }

        slice = new CookieSlice(header, start + nameLength + 1, end - start - nameLength - 1);
        return true;
    }
}
