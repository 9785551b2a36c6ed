
namespace Sidecar.Demo.Edge.EntryPoint;

/// <summary>Rule E5.</summary>
internal static class UnderscoreHeaders
{
    /// <summary>False when the request must be answered with 400.</summary>
    public static bool Accept(IHeaderDictionary headers, UnderscoreStrategy strategy)
    {
        var found = strategy == UnderscoreStrategy.Keep ? [] : headers.Keys.Where(name => name.Contains('_')).ToList();
        if (strategy == UnderscoreStrategy.Delete)
        {
            found.ForEach(name => headers.Remove(name));
        }

        return strategy != UnderscoreStrategy.Reject || found.Count == 0;
    }
}
