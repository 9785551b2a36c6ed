using Sidecar.Contracts.Principals;

namespace Sidecar.Outpost.Tickets;

/// <summary>A ticket whose signature, type, issuer and audience were checked.</summary>
internal sealed class CachedTicket(byte[] text, string clientId, Guid principalId, Guid session, long revision, long expiresAt, TicketKeyRing ring)
    : Proof(text, clientId, principalId)
{
    // The clocks of control-plane replicas may differ by this much.
    public const int ClockSkewSeconds = 30;

    public Guid Session { get; } = session;

    public override Guid LiveId => Session;

    public override Guid? SessionId => Session;

    /// <summary>The principal's revision when it was made: an older copy of the principal does not know its session yet.</summary>
    public long Revision { get; } = revision;

    /// <summary>The keys that it was checked with: with other keys it has to be checked again.</summary>
    public TicketKeyRing Ring { get; } = ring;

    /// <summary><c>exp</c> as written.</summary>
    public long Expires { get; } = expiresAt;

    public override long ExpiresAt => Expires + ClockSkewSeconds;

    public override bool IsLiveIn(Principal principal) => principal.Sessions.Contains(Session);
}
