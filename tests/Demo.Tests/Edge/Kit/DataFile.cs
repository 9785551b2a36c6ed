using System.Text.Json;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>Tables of expectations beside the tests, so that a run against another proxy can replay the same list.</summary>
internal static class DataFile
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<T> Read<T>(string name) =>
        JsonSerializer.Deserialize<List<T>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Edge", name)), Web)!;
}
