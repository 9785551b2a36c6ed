using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>What a request may set on a user.</summary>
internal sealed class UserFields(ControlPlaneContext context, Memberships memberships)
{
    private const int MaxName = 1024;

    public async Task ApplyAsync(JsonBody body, User user, CancellationToken cancel)
    {
        body.Require("username", "name");
        body.Ignore(
            "pk", "uid", "uuid", "avatar", "is_superuser", "groups_obj", "roles_obj", "date_joined", "last_login", "last_updated", "password_change_date");
        await ApplyUsernameAsync(body, user, cancel);
        ApplyPlain(body, user);
        ApplyType(body, user);
        if (body.TryIds("groups", out var groups))
        {
            await memberships.SetGroupsAsync(body, user, groups, cancel);
        }

        if (body.TryIds("roles", out var roles))
        {
            body.Refuses("roles", roles.Length > 0, "There are no roles; send an empty list, and give rights by groups.");
        }

        if (!user.IsActive)
        {
            // Nor does a link that was mailed before let anybody in again.
            context.MailedLinks.RemoveRange(await context.MailedLinks.Where(link => link.UserId == user.Id).ToListAsync(cancel));

            // Whoever is let in again signs in again: what was taken away, perhaps from a thief, does not come back by itself.
            context.Sessions.RemoveRange(await context.Sessions.Where(session => session.UserId == user.Id).ToListAsync(cancel));
        }
    }

    private async Task ApplyUsernameAsync(JsonBody body, User user, CancellationToken cancel)
    {
        if (!body.TryText("username", out var username, max: UserName.MaxLength)
            || (username.Trim() != user.Username && UserName.ProblemOf(username.Trim()) is { } problem && body.Refuses("username", true, problem)))
        {
            return;
        }

        user.Username = username.Trim();
        var key = user.UsernameKey;
        var taken = await context.Users.AnyAsync(other => other.UsernameKey == key && other.Id != user.Id, cancel);
        body.Refuses("username", taken, "Another user has this name, or one that looks the same: letter case, width and invisible characters make no difference.");
    }

    private static void ApplyPlain(JsonBody body, User user)
    {
        if (body.TryText("name", out var name, MaxName, blank: true))
        {
            user.Name = name;
        }

        if (body.TryText("email", out var email, max: 254, blank: true)
            && !body.Refuses("email", email.Length > 0 && !EmailText.IsValid(email), "Must be one plain address such as ana@example.com."))
        {
            user.Email = email;
        }

        if (body.TryFlag("is_active", out var active))
        {
            user.IsActive = active;
        }

        if (body.TryText("path", out var path, MaxName)
            && (UserPath.ProblemOf(path) is not { } wrong || !body.Refuses("path", true, wrong)))
        {
            user.Path = path;
        }

        if (body.TryObject("attributes", out var attributes)
            && (AttributesValue.ProblemOf(attributes) is not { } problem || !body.Refuses("attributes", true, problem)))
        {
            user.Attributes = attributes;
        }
    }

    // The account of an outpost opens the outpost's channel: it is made and goes with its outpost, not by hand.
    private static void ApplyType(JsonBody body, User user)
    {
        if (!body.TryChoice<UserType>("type", out var type) || type == user.Type)
        {
            return;
        }

        if (!body.Refuses(
            "type", type == UserType.InternalServiceAccount || user.Type == UserType.InternalServiceAccount, "The account of an outpost comes and goes with its outpost; use service_account."))
        {
            user.Type = type;
        }
    }
}
