using System.Globalization;
using Sidecar.Load.Rendering;

namespace Sidecar.Load.Report;

/// <summary>Processor time a request as bars, those that are compared side by side.</summary>
internal static class LoadPlot
{
    private const int Width = 860;
    private const int Left = 250;
    private const int Bars = 480;
    private const int BarHeight = 12;
    private const int Gap = 10;
    private const int Top = 46;

    private static readonly string[] Styles = ["a", "b", "c", "d"];

    public static string Of(LoadResult result)
    {
        var groups = LoadTable.Groups(result).ToArray();
        var parts = groups.Select(group => group[0].Part).Distinct().ToArray();
        var height = Top + groups.Sum(group => (group.Length * BarHeight) + Gap) + (parts.Length * 30);
        var svg = new Svg(Width, height).Text(12, 24, "Processor time a request, µs (less is better); 1 and 32 connections", "title");
        double y = Top;
        foreach (var part in parts)
        {
            var own = groups.Where(group => group[0].Part == part).ToArray();
            svg.Text(12, y + 12, LoadTable.TitleOf(part), "title");
            y += 24;
            var scale = Bars / own.Max(group => group.Max(row => row.Cpu));
            foreach (var group in own)
            {
                Draw(svg, group, y, scale);
                y += (group.Length * BarHeight) + Gap;
            }

            y += 6;
        }

        return svg.ToString();
    }

    private static void Draw(Svg svg, LoadRow[] group, double y, double scale)
    {
        svg.Text(12, y + 12, $"{group[0].Case}, {group[0].Connections.ToString(CultureInfo.InvariantCulture)}");
        for (var i = 0; i < group.Length; i++)
        {
            var (row, top) = (group[i], y + (i * BarHeight));
            svg.Text(Left - 8, top + 10, Short(row.Server), "dim right")
                .Bar(Left, top + 1, row.Cpu * scale, BarHeight - 2, Styles[i % Styles.Length])
                .Text(Left + (row.Cpu * scale) + 6, top + 10, row.Cpu.ToString("0.0", CultureInfo.InvariantCulture), "dim");
        }
    }

    private static string Short(string server) => server.Replace("`", "", StringComparison.Ordinal).Replace(" with the same headers", " + headers", StringComparison.Ordinal);
}
