using Sidecar.ControlPlane.Directory.Api;

namespace Sidecar.ControlPlane.Tokens.Api;

/// <summary>The schema's <c>Token</c>: everything but the secret, which <c>view_key</c> alone shows, and writes down who looked.</summary>
internal sealed record TokenAnswer
{
    public required Guid Pk { get; init; }

    public required string? Managed { get; init; }

    public required string Identifier { get; init; }

    public required TokenIntent Intent { get; init; }

    public required int User { get; init; }

    public required UserAnswer UserObj { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset? Expires { get; init; }

    public required bool Expiring { get; init; }

    /// <param name="token">With its user and the user's groups.</param>
    /// <param name="superuserGroups">See <see cref="Directory.Superusers.GroupsAsync"/>.</param>
    public static TokenAnswer Of(Token token, HashSet<Guid> superuserGroups) => new()
    {
        Pk = token.Id,
        Managed = token.Managed,
        Identifier = token.Identifier,
        Intent = token.Intent,
        User = token.User!.Pk,
        UserObj = UserAnswer.Of(token.User, superuserGroups),
        Description = token.Description,
        Expires = token.ExpiresAt,
        Expiring = token.Expiring,
    };
}
