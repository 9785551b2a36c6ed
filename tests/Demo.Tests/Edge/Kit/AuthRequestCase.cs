namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>A line of auth-request.json.</summary>
public sealed record AuthRequestCase(string Id, string Name, string Needs, bool? Trust, Dictionary<string, string> Client, Dictionary<string, string> Expected)
{
    public IReadOnlyList<string> Allow { get; init; } = [];

    public bool EmptyHost { get; init; }

    public bool Tls { get; init; }

    public bool Exactly { get; init; }

    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>A feature whose releases behave otherwise.</summary>
    public string? Without { get; init; }
}
