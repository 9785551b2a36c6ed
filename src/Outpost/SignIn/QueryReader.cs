namespace Sidecar.Outpost.SignIn;

/// <summary>Reads members of a raw query. Names compare as they are written, never decoded: no second spelling of a name of ours exists.</summary>
internal static class QueryReader
{
    /// <param name="query">Without the question mark.</param>
    public static bool HasSignature(ReadOnlySpan<char> query, string name)
    {
        foreach (var range in query.Split('&'))
        {
            var member = query[range];
            if (member.Length == name.Length + 5 && member.StartsWith(name, StringComparison.Ordinal)
                && member[name.Length..].Equals("=true", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The member's value, percent-decoded to text; null when it is missing, named twice or not decodable.</summary>
    public static string? Single(ReadOnlySpan<char> query, string name)
    {
        string? found = null;
        foreach (var range in query.Split('&'))
        {
            var member = query[range];
            if (member.Length <= name.Length || member[name.Length] != '=' || !member.StartsWith(name, StringComparison.Ordinal))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = Uri.UnescapeDataString(member[(name.Length + 1)..].ToString().Replace('+', ' '));
        }

        return found;
    }

    /// <summary>
    /// The address in <c>rd</c>. nginx cannot encode it: <c>rd=$request_uri</c> arrives with its own question mark and ampersands, so a value that starts
    /// as a plain path or address takes the whole rest of the query.
    /// </summary>
    public static string? ReturnTo(ReadOnlySpan<char> query)
    {
        var start = query.StartsWith("rd=", StringComparison.Ordinal) ? 3 : query.IndexOf("&rd=", StringComparison.Ordinal) + 4;
        if (start == 3 && !query.StartsWith("rd=", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = query[start..];
        if (rest.StartsWith('/') || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return rest.ToString();
        }

        var end = rest.IndexOf('&');
        return PercentDecoder.ToByteText(end < 0 ? rest : rest[..end]);
    }
}
