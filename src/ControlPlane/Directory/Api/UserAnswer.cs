using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>User</c>.</summary>
internal sealed record UserAnswer
{
    public required int Pk { get; init; }

    public required string Username { get; init; }

    public required string Name { get; init; }

    public required bool IsActive { get; init; }

    public required DateTimeOffset? LastLogin { get; init; }

    public required DateTimeOffset DateJoined { get; init; }

    public required bool IsSuperuser { get; init; }

    public required IReadOnlyList<Guid> Groups { get; init; }

    public required IReadOnlyList<PartialGroupAnswer>? GroupsObj { get; init; }

    public IReadOnlyList<Guid> Roles { get; init; } = [];

    public IReadOnlyList<Guid>? RolesObj { get; init; } = [];

    public required string Email { get; init; }

    public required string Avatar { get; init; }

    public required JsonElement Attributes { get; init; }

    public required string Uid { get; init; }

    public required string Path { get; init; }

    public required UserType Type { get; init; }

    public required Guid Uuid { get; init; }

    public required DateTimeOffset PasswordChangeDate { get; init; }

    public required DateTimeOffset LastUpdated { get; init; }

    /// <param name="user">With its groups.</param>
    /// <param name="superuserGroups">See <see cref="Superusers.GroupsAsync"/>.</param>
    public static UserAnswer Of(User user, HashSet<Guid> superuserGroups, bool withGroups = true) => new()
    {
        Pk = user.Pk,
        Username = user.Username,
        Name = user.Name,
        IsActive = user.IsActive,
        LastLogin = user.LastLogin,
        DateJoined = user.DateJoined,
        IsSuperuser = user.Groups.Any(group => superuserGroups.Contains(group.Id)),
        Groups = [.. user.Groups.Select(group => group.Id)],
        GroupsObj = withGroups ? [.. user.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(PartialGroupAnswer.Of)] : null,
        Email = user.Email,
        Avatar = Api.Avatar.Of(user),
        Attributes = user.Attributes,
        Uid = user.Uid,
        Path = user.Path,
        Type = user.Type,
        Uuid = user.Id,
        PasswordChangeDate = user.PasswordChangedAt ?? user.DateJoined,
        LastUpdated = user.PasswordChangedAt ?? user.DateJoined,
    };
}
