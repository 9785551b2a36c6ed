using System.Text.Json.Serialization;

namespace Sidecar.Demo.SampleService;

internal sealed record SeenHeader(string Name, string Value)
{
    [JsonIgnore]
    public bool IsIdentity => Name.StartsWith("X-authentik-", StringComparison.OrdinalIgnoreCase);
}
