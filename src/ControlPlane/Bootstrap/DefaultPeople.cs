using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>The first administrator and the administrators' group.</summary>
internal static class DefaultPeople
{
    public const string AdministratorName = "akadmin";
    public const string AdministratorsGroup = "authentik Admins";

    private const string BootstrapToken = "authentik-bootstrap-token";

    public static User Add(ControlPlaneContext context, BootstrapOptions bootstrap, KeyWrap wrap, DateTimeOffset now)
    {
        var admins = context.Groups.Add(new Group { Name = AdministratorsGroup, IsSuperuser = true }).Entity;
        var akadmin = context.Users.Add(new User
        {
            Username = AdministratorName,
            Name = "Default administrator",
            Email = bootstrap.Email ?? "",
            DateJoined = now,
            PasswordHash = bootstrap.Password is { } password ? PasswordHasher.Hash(password) : null,
            PasswordChangedAt = bootstrap.Password is null ? null : now,
        }).Entity;
        context.Memberships.Add(new Membership { UserId = akadmin.Id, GroupId = admins.Id });
        if (bootstrap.Token is { } secret)
        {
            var token = TokenSecret.Create(wrap, BootstrapToken, TokenIntent.Api, akadmin.Id, now, secret);
            token.Expiring = false;
            token.Description = "Made at the first start from AUTHENTIK_BOOTSTRAP_TOKEN";
            context.Tokens.Add(token);
        }

        return akadmin;
    }
}
