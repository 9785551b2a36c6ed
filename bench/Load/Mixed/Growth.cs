namespace Sidecar.Load.Mixed;

/// <summary>Whether memory stays: its median in the second sixth of the time, when everything is warm, against the last sixth.</summary>
internal sealed record Growth(double Early, double Late)
{
    private const double Flat = 1.1;

    public double Ratio => Math.Round(Late / Early, 2);

    public bool IsFlat => Ratio <= Flat;

    public static Growth Of(IReadOnlyList<MemorySample> samples)
    {
        var sixth = Math.Max(samples.Count / 6, 1);
        return new Growth(Median(samples.Skip(sixth).Take(sixth)), Median(samples.TakeLast(sixth)));
    }

    private static double Median(IEnumerable<MemorySample> samples)
    {
        var sorted = samples.Select(sample => sample.Megabytes).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
