using System.Text;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tickets;

/// <summary>Something a client sent that was checked once and names a principal: a ticket or a credential.</summary>
internal abstract class Proof(byte[] text, string clientId, Guid principalId)
{
    /// <summary>What a hit reads of one, with its subclass's own: for <see cref="Prefetch"/>.</summary>
    public const int Lines = 3;

    private IdentityAnswer? _answer;

    /// <summary>All bytes as sent: a hash finds the entry, only equality accepts it.</summary>
    public byte[] Text { get; } = text;

    /// <summary>The provider that it was accepted for; at any other it is nothing.</summary>
    public string ClientId { get; } = clientId;

    public Guid PrincipalId { get; } = principalId;

    /// <summary>Set by readers, cleared by the one who looks for an entry to evict.</summary>
    public bool Touched { get; set; }

    /// <summary>Until when it stands, Unix seconds of control-plane time.</summary>
    public abstract long ExpiresAt { get; }

    /// <summary>What the last request with it was answered with; replaced when principal, application or assertion change.</summary>
    public IdentityAnswer? Answer
    {
        get => Volatile.Read(ref _answer);
        set => Volatile.Write(ref _answer, value);
    }

    /// <summary>What must be among the principal's live ones: the ticket's session, or the credential, which for an access token is the session that it belongs to.</summary>
    public abstract Guid LiveId { get; }

    /// <summary>Session of the assertion's <c>sid</c>, if there is one.</summary>
    public virtual Guid? SessionId => null;

    /// <summary>Whether it is the proof of exactly these bytes.</summary>
    public bool IsOf(ReadOnlySpan<char> text)
    {
        // Whoever has the right hash has the right bytes too, and will want the answer: both come while the bytes are compared.
        Prefetch.Object(_answer, IdentityAnswer.Lines);
        Prefetch.All(Text);
        return Ascii.Equals(Text, text);
    }

    /// <summary>Whether the principal, as it is now, still stands behind this proof.</summary>
    public abstract bool IsLiveIn(Principal principal);
}
