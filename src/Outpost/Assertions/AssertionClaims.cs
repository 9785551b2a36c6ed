namespace Sidecar.Outpost.Assertions;

/// <summary>What an assertion says, apart from its times.</summary>
internal sealed record AssertionClaims
{
    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    /// <summary>The same value as <c>X-authentik-uid</c>.</summary>
    public required string Subject { get; init; }

    public required string Username { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required IReadOnlyList<string> Entitlements { get; init; }

    public Guid? Session { get; init; }
}
