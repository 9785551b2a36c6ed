namespace Sidecar.ControlPlane.Passwords;

/// <summary>The hash of a password that a user had, kept only while a policy forbids to use it again.</summary>
internal sealed class FormerPassword
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    /// <summary>As it lay in the user.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ReplacedAt { get; init; }
}
