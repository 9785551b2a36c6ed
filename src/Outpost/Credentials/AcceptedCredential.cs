using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.Credentials;

/// <summary>An <c>Authorization</c> header that the control plane accepted. It stands while its credential is among the principal's live ones.</summary>
internal sealed class AcceptedCredential(byte[] text, string clientId, Guid principalId, Guid credentialId, long expiresAt)
    : Proof(text, clientId, principalId)
{
    /// <summary>Asked again after this long even when nothing is heard: what it was accepted for may be set up differently by then.</summary>
    public const int LifetimeSeconds = 600;

    public Guid CredentialId { get; } = credentialId;

    public override Guid LiveId => CredentialId;

    public override long ExpiresAt { get; } = expiresAt;

    // An access token belongs to a session; app passwords and API tokens are credentials of their own.
    public override bool IsLiveIn(Principal principal) => principal.Credentials.Contains(CredentialId) || principal.Sessions.Contains(CredentialId);
}
