namespace Sidecar.EndToEnd.Tests.Corpora;

/// <summary>A request as the service got it.</summary>
internal sealed record ReachedRequest(string Target, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Whatever some application would read as a header of ours.</summary>
    public IEnumerable<KeyValuePair<string, string>> Identity => Headers.Where(header => Fold(header.Key).StartsWith("x_authentik_", StringComparison.Ordinal));

    /// <summary>Below the open folder however often it is decoded, and without a way up.</summary>
    public bool IsOpenToEverybody
    {
        get
        {
            var path = Target.Split('?', '#', ';')[0];
            var decoded = Uri.UnescapeDataString(Uri.UnescapeDataString(path)).Replace('\\', '/');
            return path.StartsWith("/public/", StringComparison.Ordinal) && !decoded.Split('/').Any(segment => segment is "." or "..");
        }
    }

    /// <summary>The identity of this user, each header once, and nothing of anybody else.</summary>
    public bool IsOnly(string username) =>
        Identity.Where(header => Fold(header.Key) == "x_authentik_username").Select(header => header.Value).SequenceEqual([username])
        && Identity.GroupBy(header => Fold(header.Key)).All(same => same.Count() == 1)
        && !Identity.Any(header => header.Value.Contains("eve", StringComparison.Ordinal));

    /// <summary>Empty: nobody is said to be here.</summary>
    public bool IsAnonymous => Identity.All(header => header.Value.Length == 0 || Fold(header.Key).StartsWith("x_authentik_meta_", StringComparison.Ordinal));

    public override string ToString() => $"{Target} {string.Join(" | ", Identity.Where(header => header.Value.Length > 0).Select(header => $"{header.Key}: {header.Value}"))}";

    private static string Fold(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
}
