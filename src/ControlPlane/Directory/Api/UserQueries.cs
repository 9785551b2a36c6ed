using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Which users a list holds, and in which order.</summary>
internal static class UserQueries
{
    public static readonly Ordering<User> Ordering = new Ordering<User>(byDefault: "username", unique: "pk")
        .With("pk", user => user.Pk)
        .With("username", user => user.Username)
        .With("name", user => user.Name)
        .With("email", user => user.Email)
        .With("is_active", user => user.IsActive)
        .With("path", user => user.Path)
        .With("type", user => user.Type)
        .With("uuid", user => user.Id)
        .With("date_joined", user => user.DateJoined)
        .With("last_login", user => user.LastLogin)
        .With("last_updated", user => user.PasswordChangedAt ?? user.DateJoined)
        .With("password_change_date", user => user.PasswordChangedAt ?? user.DateJoined);

    public static IQueryable<User> Rows(ControlPlaneContext context) => context.Users.AsNoTracking().Include(user => user.Groups).AsSplitQuery();

    public static IQueryable<User> Filtered(this IQueryable<User> users, QueryReader query, ControlPlaneContext context, HashSet<Guid> superuserGroups) => users
        .ByText(query)
        .ByState(query, context, superuserGroups)
        .ByGroup(query, context)
        .ByTime(query)
        .SearchedIn(query, user => user.SearchText);

    private static IQueryable<User> ByText(this IQueryable<User> users, QueryReader query)
    {
        if (query.TryText("username", out var username))
        {
            users = users.Where(user => user.Username == username);
        }

        if (query.TryText("name", out var name))
        {
            users = users.Where(user => user.Name == name);
        }

        if (query.TryText("email", out var email))
        {
            users = users.Where(user => user.Email == email);
        }

        if (query.TryText("path", out var path))
        {
            users = users.Where(user => user.Path == path);
        }

        if (query.TryText("path_startswith", out var start))
        {
            users = users.Where(user => user.Path.StartsWith(start));
        }

        return query.TryId("uuid", out var id) ? users.Where(user => user.Id == id) : users;
    }

    private static IQueryable<User> ByState(this IQueryable<User> users, QueryReader query, ControlPlaneContext context, HashSet<Guid> superuserGroups)
    {
        if (query.TryFlag("is_active", out var active))
        {
            users = users.Where(user => user.IsActive == active);
        }

        if (query.TryFlag("is_superuser", out var super))
        {
            var ids = context.Memberships.Where(membership => superuserGroups.Contains(membership.GroupId)).Select(membership => membership.UserId);
            users = users.Where(user => ids.Contains(user.Id) == super);
        }

        return query.TryChoices<UserType>("type", out var types) ? users.Where(user => types.Contains(user.Type)) : users;
    }

    // Each group named must hold the user, as in authentik. Asked from the group's side: its members are few, and users may be very many.
    private static IQueryable<User> ByGroup(this IQueryable<User> users, QueryReader query, ControlPlaneContext context)
    {
        if (query.TryTexts("groups_by_name", out var names))
        {
            users = names.Aggregate(users, (found, name) => found.InAny(context, context.Groups.Where(group => group.Name == name).Select(group => group.Id)));
        }

        return query.TryIds("groups_by_pk", out var ids)
            ? ids.Aggregate(users, (found, id) => found.InAny(context, context.Groups.Where(group => group.Id == id).Select(group => group.Id)))
            : users;
    }

    private static IQueryable<User> InAny(this IQueryable<User> users, ControlPlaneContext context, IQueryable<Guid> groups)
    {
        var members = context.Memberships.Where(membership => groups.Contains(membership.GroupId)).Select(membership => membership.UserId);
        return users.Where(user => members.Contains(user.Id));
    }

    private static IQueryable<User> ByTime(this IQueryable<User> users, QueryReader query)
    {
        if (query.TryTime("date_joined", out var joined))
        {
            users = users.Where(user => user.DateJoined == joined);
        }

        if (query.TryTime("date_joined__gt", out var joinedAfter))
        {
            users = users.Where(user => user.DateJoined > joinedAfter);
        }

        if (query.TryTime("date_joined__lt", out var joinedBefore))
        {
            users = users.Where(user => user.DateJoined < joinedBefore);
        }

        if (query.TryTime("last_login", out var login))
        {
            users = users.Where(user => user.LastLogin == login);
        }

        if (query.TryTime("last_login__gt", out var loginAfter))
        {
            users = users.Where(user => user.LastLogin > loginAfter);
        }

        if (query.TryTime("last_login__lt", out var loginBefore))
        {
            users = users.Where(user => user.LastLogin < loginBefore);
        }

        return query.TryFlag("last_login__isnull", out var never) ? users.Where(user => user.LastLogin == null == never) : users;
    }
}
