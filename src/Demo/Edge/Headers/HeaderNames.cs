namespace Sidecar.Demo.Edge.Headers;

/// <summary>Header names as a program written in Go shows them.</summary>
internal static class HeaderNames
{
    /// <summary>Upper case at the start and after each dash, lower case elsewhere: what goes over the wire from Traefik.</summary>
    public static string Canonical(string name) => string.Create(name.Length, name, static (target, source) =>
    {
        var upper = true;
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = upper ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
            upper = source[i] == '-';
        }
    });

    /// <summary>The values of a list header such as Connection, in order, without empty ones.</summary>
    public static IEnumerable<string> Tokens(IEnumerable<string?> values) =>
        values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
