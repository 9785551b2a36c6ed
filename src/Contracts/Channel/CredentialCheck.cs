namespace Sidecar.Contracts.Channel;

/// <summary>Asks whether what a client sent in <c>Authorization</c> signs it in at one provider.</summary>
public sealed record CredentialCheck
{
    public required string ClientId { get; init; }

    /// <summary>User name of basic authentication (RFC 7617); null for a bearer token (RFC 6750).</summary>
    public string? Username { get; init; }

    public required string Secret { get; init; }

    public override string ToString() => $"CredentialCheck {{ ClientId = {ClientId} }}";
}
