using Sidecar.Load.Mixed;
using Sidecar.Load.Report;
using Sidecar.TestKit.Processes;

namespace Sidecar.Load.Rendering;

/// <summary>Everything that is made from the checked-in JSON: path in the repository, and what it should say.</summary>
internal static class Documents
{
    public static IReadOnlyDictionary<string, string> All()
    {
        var load = Baseline.Read<LoadResult>(ReportScenario.File) ?? throw new FileNotFoundException("there is no bench/Baselines/load.json: run report first");
        var mixed = Baseline.Read<MixedResult>(MixedScenario.File) ?? throw new FileNotFoundException("there is no bench/Baselines/mixed.json: run mixed first");
        return new Dictionary<string, string>
        {
            ["bench/Baselines/load.md"] = LoadMarkdown.Of(load),
            ["bench/Baselines/load.svg"] = LoadPlot.Of(load),
            ["bench/Baselines/mixed.md"] = MixedMarkdown.Of(mixed),
            ["bench/Baselines/mixed.svg"] = MixedPlot.Of(mixed),
            ["README.md"] = ReadmeSection.In(File.ReadAllText(PathOf("README.md")), load, mixed),
        };
    }

    public static void Write()
    {
        foreach (var (path, text) in All())
        {
            File.WriteAllText(PathOf(path), text);
        }
    }

    public static string PathOf(string path) => Path.Combine(Repository.Root, path);
}
