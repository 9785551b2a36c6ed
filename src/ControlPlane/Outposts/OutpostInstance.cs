namespace Sidecar.ControlPlane.Outposts;

/// <summary>One process of an outpost, as it last reported itself.</summary>
internal sealed class OutpostInstance
{
    public required Guid OutpostId { get; init; }

    /// <summary>UUID of its state folder.</summary>
    public required Guid Instance { get; init; }

    public string Hostname { get; set; } = "";

    public string Version { get; set; } = "";

    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>Public key of its assertions, in three parts as in a JWK.</summary>
    public string? AssertionKid { get; set; }

    public string? AssertionX { get; set; }

    public string? AssertionY { get; set; }

    public string Epoch { get; set; } = "";

    public long Revision { get; set; }

    public long Applied { get; set; }

    public long Principals { get; set; }

    /// <summary>Why it refused its last snapshot.</summary>
    public string? Rejected { get; set; }
}
