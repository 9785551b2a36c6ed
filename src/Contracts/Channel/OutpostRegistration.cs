using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Channel;

/// <summary>Sent once a start: who this process is, and the public key of its assertions.</summary>
public sealed record OutpostRegistration
{
    public required Guid Instance { get; init; }

    public required string Hostname { get; init; }

    public required string Version { get; init; }

    public required PublicKeyRecord AssertionKey { get; init; }
}
