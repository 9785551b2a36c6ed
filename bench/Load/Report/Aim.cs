using System.Globalization;

namespace Sidecar.Load.Report;

/// <summary>What was aimed at in one group of rows, and what was seen.</summary>
/// <param name="Group">The outpost's row first, then the one it is compared with.</param>
/// <param name="Most">The ratio that is aimed at.</param>
internal sealed record Aim(LoadRow[] Group, double Most)
{
    private const double ToBareKestrel = 1.15;
    private const double ToStatic = 1.1;

    public double Cpu => Rounded(Group[0].Cpu / Group[1].Cpu);

    /// <summary>Aimed at behind a proxy only.</summary>
    public double P50 => Rounded(Group[0].P50 / Group[1].P50);

    public bool IsProxied => Group[0].Part == LoadRow.Proxies;

    public bool IsMet => Cpu <= Most && (!IsProxied || P50 <= Most);

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Title}, {Group[0].Case}, {Group[0].Connections} {(Group[0].Connections == 1 ? "connection" : "connections")}");

    private string Title => Group[0].Part switch
    {
        LoadRow.Direct => "HTTP/1.1",
        LoadRow.H2 => "HTTPS with HTTP/2",
        _ => "through a proxy",
    };

    public static IEnumerable<Aim> Of(LoadResult result) =>
        LoadTable.Groups(result).Select(group => new Aim(group, group[0].Part == LoadRow.Proxies ? ToStatic : ToBareKestrel));

    // As it is printed: 1.15 in the table is no miss of 1.15.
    private static double Rounded(double ratio) => Math.Round(ratio, 2);
}
