using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// Finds cookies by name in raw <c>Cookie</c> headers (RFC 6265 section 4.2.1) without allocating. Names compare exactly; whatever cannot be read as
/// <c>name=value</c> is skipped, never repaired.
/// </summary>
internal static class CookieReader
{
    /// <returns>How many were put into <paramref name="found"/>.</returns>
    public static int Find(in StringValues headers, string name, ref CookieSlots found)
    {
        var count = 0;
        for (var i = 0; i < headers.Count && count < CookieSlots.Max; i++)
        {
            count = Find(headers[i], name, ref found, count);
        }

        return count;
    }

    private static int Find(string? header, string name, ref CookieSlots found, int count)
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
            if (TryMatch(header, start, end, name, out var slice))
            {
                found[count++] = slice;
            }

            start = end + 1;
        }

        return count;
    }

    private static bool TryMatch(string header, int start, int end, string name, out CookieSlice slice)
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

        if (end - start <= name.Length || header[start + name.Length] != '=' || !header.AsSpan(start, name.Length).SequenceEqual(name))
        {
            return false;
        }

        slice = new CookieSlice(header, start + name.Length + 1, end - start - name.Length - 1);
        return true;
    }
}
