using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>
/// Rule R8. Go's client writes a User-Agent of its own when the header is missing, and none when the header is there and empty;
/// the newer releases put the empty one in, but only where the allow-list would have let a real one through.
/// </summary>
internal static class UserAgentRule
{
    public static void Apply(HeaderLines headers, ForwardAuthOptions options, TraefikFeatures features)
    {
        if (features.FakesUserAgent || headers.Has("User-Agent"))
        {
            return;
        }

        var allowed = options.AuthRequestHeaders;
        if (allowed.Count == 0 || allowed.Contains("User-Agent", StringComparer.OrdinalIgnoreCase))
        {
            headers.Set("User-Agent", "");
        }
    }
}
