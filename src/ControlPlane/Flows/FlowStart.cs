namespace Sidecar.ControlPlane.Flows;

/// <summary>Why another part of the product starts a flow. It stays on the server: the browser carries the run's id only.</summary>
internal sealed record FlowStart
{
    /// <summary>Where the browser goes when the flow has ended well: a path of this server, with query.</summary>
    public required string Next { get; init; }

    /// <summary>What the end of the flow allows, once; see <see cref="FlowProofs"/>.</summary>
    public string? Purpose { get; init; }

    public string? RequestHash { get; init; }

    /// <summary>Named on the pages, and what a consent is for.</summary>
    public Guid? Application { get; init; }

    public int? Provider { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Ask for the password although the browser is signed in (OpenID Connect <c>prompt=login</c>, <c>max_age</c>).</summary>
    public bool Reauthenticate { get; init; }
}
