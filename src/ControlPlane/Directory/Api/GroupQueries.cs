using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Which groups a list holds, and in which order.</summary>
internal static class GroupQueries
{
    public static readonly Ordering<Group> Ordering = new Ordering<Group>(byDefault: "name", unique: "pk")
        .With("pk", group => group.Id)
        .With("name", group => group.Name)
        .With("is_superuser", group => group.IsSuperuser);

    public static IQueryable<Group> Rows(ControlPlaneContext context) => context.Groups.AsNoTracking()
        .Include(group => group.Users).Include(group => group.Parents).Include(group => group.Children).AsSplitQuery();

    public static IQueryable<Group> Filtered(this IQueryable<Group> groups, QueryReader query)
    {
        if (query.TryText("name", out var name))
        {
            groups = groups.Where(group => group.Name == name);
        }

        if (query.TryFlag("is_superuser", out var super))
        {
            groups = groups.Where(group => group.IsSuperuser == super);
        }

        if (query.TryNumbers("members_by_pk", out var pks))
        {
            groups = groups.Where(group => group.Users.Any(user => pks.Contains(user.Pk)));
        }

        if (query.TryTexts("members_by_username", out var names))
        {
            groups = groups.Where(group => group.Users.Any(user => names.Contains(user.Username)));
        }

        return groups.Searched(query, group => group.Name);
    }
}
