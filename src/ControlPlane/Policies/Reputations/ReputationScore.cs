namespace Sidecar.ControlPlane.Policies.Reputations;

/// <summary>What sign-ins from one address to one account were like: at most zero, one less for each refused one.</summary>
internal sealed class ReputationScore
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose: <see cref="Attempts.AttemptKey"/>, so every name and spelling of an account counts as one.</summary>
    public required string Account { get; init; }

    /// <summary>From where: <see cref="Attempts.AttemptKey"/>; of IPv6 the /64.</summary>
    public required string Address { get; init; }

    /// <summary>For people: the user's name; of a name that leads nowhere only a hash, because people type passwords there.</summary>
    public required string Identifier { get; init; }

    public required string Ip { get; init; }

    /// <summary>As of <see cref="UpdatedAt"/>; see <see cref="ReputationDecay"/>.</summary>
    public required int Score { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
