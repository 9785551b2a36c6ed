namespace Sidecar.ControlPlane.Tokens;

/// <summary>A token was accepted at a provider: from then on the outposts of that provider may read the user's principal.</summary>
internal sealed class TokenGrant
{
    public required Guid TokenId { get; init; }

    public required int ProviderId { get; init; }
}
