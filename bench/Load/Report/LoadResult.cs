namespace Sidecar.Load.Report;

/// <summary>What <c>bench/Baselines/load.json</c> keeps.</summary>
/// <param name="Parts">When, where and how each part was measured.</param>
/// <param name="Rows">All of them.</param>
internal sealed record LoadResult(IReadOnlyList<LoadPart> Parts, IReadOnlyList<LoadRow> Rows)
{
    /// <summary>With this part's rows in place of those that were there.</summary>
    public LoadResult With(LoadPart part, IEnumerable<LoadRow> rows) => new(
        [.. Parts.Where(other => other.Name != part.Name).Append(part).OrderBy(other => Order(other.Name))],
        [.. Rows.Where(row => row.Part != part.Name).Concat(rows).OrderBy(row => Order(row.Part))]);

    private static int Order(string part) => Array.IndexOf([LoadRow.Direct, LoadRow.H2, LoadRow.Proxies], part);
}
