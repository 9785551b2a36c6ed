
namespace Sidecar.Demo.Edge.Headers;

/// <summary>Applies a client's Connection header: the headers that it names go, but for those it cannot touch or that pass here.</summary>
internal static class ConnectionHeader
{
    public static void Apply(IHeaderDictionary headers, Func<string, bool> isUntouchable, Func<string, bool> passes)
    {
        var named = HeaderNames.Tokens(headers.Connection).Where(name => !isUntouchable(name)).ToList();
        var upgrade = named.Contains("Upgrade", StringComparer.OrdinalIgnoreCase) ? headers.Upgrade : default;
        foreach (var name in named.Where(name => !passes(name)))
        {
            headers.Remove(name);
        }

        var left = named.Where(passes).Select(HeaderNames.Canonical).ToList();
        if (upgrade.Count > 0)
        {
            headers.Upgrade = upgrade;
            left.Add("Upgrade");
        }

        headers.Connection = left.Count > 0 ? string.Join(',', left) : default;
    }
}
