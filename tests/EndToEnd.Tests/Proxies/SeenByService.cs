using System.Text.Json;
using Sidecar.Demo.SampleService;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>What the sample service says that it got.</summary>
internal static class SeenByService
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static SeenRequest Read(string json) => JsonSerializer.Deserialize<SeenRequest>(json, Web)!;

    public static string? Header(this SeenRequest seen, string name) =>
        seen.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).SingleOrDefault();
}
