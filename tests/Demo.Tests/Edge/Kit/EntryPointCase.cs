namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>A line of entry-point.json; an expected empty value is an absent header.</summary>
public sealed record EntryPointCase(string Id, string Name, string Needs, Dictionary<string, string[]> Client, Dictionary<string, string> Expected)
{
    public bool Insecure { get; init; }

    public IReadOnlyList<string> Trusted { get; init; } = [];

    public IReadOnlyList<string> Connection { get; init; } = [];

    public string? Peer { get; init; }

    public bool Tls { get; init; }

    public string? Host { get; init; }
}
