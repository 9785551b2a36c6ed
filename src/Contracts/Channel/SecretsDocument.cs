namespace Sidecar.Contracts.Channel;

/// <summary>Per provider of this outpost: what must never be in a snapshot.</summary>
public sealed record SecretsDocument
{
    public required IReadOnlyList<ProviderSecrets> Providers { get; init; }
}
