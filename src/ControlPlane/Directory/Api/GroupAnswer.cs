using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>Group</c>.</summary>
internal sealed record GroupAnswer
{
    public required Guid Pk { get; init; }

    public required int NumPk { get; init; }

    public required string Name { get; init; }

    public required bool IsSuperuser { get; init; }

    public required IReadOnlyList<Guid> Parents { get; init; }

    public required IReadOnlyList<RelatedGroupAnswer>? ParentsObj { get; init; }

    public required IReadOnlyList<int> Users { get; init; }

    public required IReadOnlyList<PartialUserAnswer>? UsersObj { get; init; }

    public required JsonElement Attributes { get; init; }

    public IReadOnlyList<Guid> Roles { get; init; } = [];

    public IReadOnlyList<Guid> RolesObj { get; init; } = [];

    public IReadOnlyList<Guid>? InheritedRolesObj { get; init; } = [];

    public required IReadOnlyList<Guid> Children { get; init; }

    public required IReadOnlyList<RelatedGroupAnswer>? ChildrenObj { get; init; }

    /// <param name="group">With users, parents and children.</param>
    public static GroupAnswer Of(Group group, GroupIncludes includes) => new()
    {
        Pk = group.Id,
        NumPk = GroupNumber.Of(group.Id),
        Name = group.Name,
        IsSuperuser = group.IsSuperuser,
        Parents = [.. group.Parents.Select(parent => parent.Id)],
        ParentsObj = includes.Parents ? [.. group.Parents.Select(RelatedGroupAnswer.Of)] : null,
        Users = [.. group.Users.Select(user => user.Pk).Order()],
        UsersObj = includes.Users ? [.. group.Users.OrderBy(user => user.Pk).Select(PartialUserAnswer.Of)] : null,
        Attributes = group.Attributes,
        Children = [.. group.Children.Select(child => child.Id)],
        ChildrenObj = includes.Children ? [.. group.Children.Select(RelatedGroupAnswer.Of)] : null,
    };
}
