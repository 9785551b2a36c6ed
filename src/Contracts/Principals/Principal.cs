namespace Sidecar.Contracts.Principals;

/// <summary>Who a subject is now, as far as one outpost may know.</summary>
public sealed record Principal
{
    public const int FormatVersion = 1;

    /// <summary>The user's UUID: <c>sub</c> of the ticket.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number of the last change that touched this principal. A copy is replaced only by one with a higher number.</summary>
    public required long Revision { get; init; }

    /// <summary>Sent as <c>X-authentik-uid</c>: stable, opaque.</summary>
    public required string Uid { get; init; }

    public required string Username { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>A principal that is not active is refused everywhere.</summary>
    public required bool Active { get; init; }

    /// <summary>Direct groups only; parents come from the snapshot.</summary>
    public required IReadOnlyList<Guid> Groups { get; init; }

    /// <summary>Names of entitlements by application UUID.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<string>> Entitlements { get; init => field = value ?? new Dictionary<Guid, IReadOnlyList<string>>(); } = new Dictionary<Guid, IReadOnlyList<string>>();

    /// <summary>Those attributes of user and groups that a provider of this outpost uses (basic-auth user and password, additional headers).</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Live sessions. A ticket stands only while its <c>sid</c> is among them: there is no revocation list.</summary>
    public required IReadOnlyList<Guid> Sessions { get; init; }

    /// <summary>Live app passwords and API tokens that may be used at this outpost.</summary>
    public IReadOnlyList<Guid> Credentials { get; init => field = value ?? []; } = [];
}
