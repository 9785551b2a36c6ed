using System.Globalization;
using Sidecar.Load.Rendering;

namespace Sidecar.Load.Mixed;

/// <summary>Resident memory over time.</summary>
internal static class MixedPlot
{
    private const int Width = 860;
    private const int Height = 360;
    private const int Left = 60;
    private const int Right = 170;
    private const int Top = 44;
    private const int Bottom = 44;
    private const int StepMegabytes = 100;

    private static readonly string[] Styles = ["b", "a", "c"];

    public static string Of(MixedResult result)
    {
        var top = (Math.Floor(result.Memory.Values.Max(samples => samples.Max(sample => sample.Megabytes)) / StepMegabytes) + 1) * StepMegabytes;
        var svg = new Svg(Width, Height).Text(12, 24, "Resident memory under mixed load, MB", "title");
        for (double line = 0; line <= top; line += StepMegabytes)
        {
            svg.Line(Left, Y(line), Width - Right, Y(line), "grid").Text(Left - 8, Y(line) + 4, line.ToString("0", CultureInfo.InvariantCulture), "dim right");
        }

        for (var i = 0; i <= 6; i++)
        {
            var minute = result.Minutes * i / 6;
            svg.Text(X(minute), Height - Bottom + 18, minute.ToString("0.#", CultureInfo.InvariantCulture), "dim middle");
        }

        svg.Text((Left + Width - Right) / 2.0, Height - 8, "minutes", "dim middle");
        foreach (var ((name, samples), i) in result.Memory.Select((pair, i) => (pair, i)))
        {
            svg.Path(samples.Select(sample => (X(sample.Minute), Y(sample.Megabytes))), Styles[i % Styles.Length])
                .Text(Width - Right + 8, Y(samples[^1].Megabytes) + (i == 2 ? 12 : i == 1 ? -2 : 4), name);
        }

        return svg.ToString();

        double X(double minute) => Left + ((Width - Left - Right) * Math.Min(minute / result.Minutes, 1));

        double Y(double megabytes) => Height - Bottom - ((Height - Top - Bottom) * megabytes / top);
    }
}
