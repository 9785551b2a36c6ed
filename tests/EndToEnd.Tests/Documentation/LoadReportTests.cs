using Sidecar.Load.Rendering;

namespace Sidecar.EndToEnd.Tests.Documentation;

public sealed class LoadReportTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("bench/Baselines/load.md")]
    [InlineData("bench/Baselines/load.svg")]
    [InlineData("bench/Baselines/mixed.md")]
    [InlineData("bench/Baselines/mixed.svg")]
    public void What_is_said_of_the_load_is_what_the_results_give(string path)
    {
        var isSo = Documents.All()[path] == File.ReadAllText(Documents.PathOf(path));

        Assert.True(isSo, $"{path} is not what bench/Baselines/*.json gives: dotnet run -c Release --project bench/Load -- report --readme");
    }
}
