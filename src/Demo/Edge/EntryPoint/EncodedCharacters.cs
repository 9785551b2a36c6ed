namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>http.encodedCharacters: the encodings that mean something else to a service than to a router.</summary>
internal static class EncodedCharacters
{
    private static readonly string[] Suspicious = ["%2f", "%5c", "%00", "%3b", "%25", "%3f", "%23"];

    public static bool Has(string encodedPath) =>
        Suspicious.Any(code => encodedPath.Contains(code, StringComparison.OrdinalIgnoreCase));
}
