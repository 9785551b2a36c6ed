using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Channel;

/// <summary>How asking about a credential ended.</summary>
internal abstract record CredentialOutcome
{
    private CredentialOutcome() { }

    public sealed record Accepted(CredentialAnswer Answer) : CredentialOutcome;

    public sealed record Refused : CredentialOutcome;

    public sealed record Unavailable : CredentialOutcome;
}
