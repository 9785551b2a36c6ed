using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary><c>core/users/service_account</c>: an account for a machine and its app password, in one call.</summary>
internal static class ServiceAccountsApi
{
    private const string Path = "goauthentik.io/service-accounts";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(360);

    public static void MapServiceAccountsApi(this IEndpointRouteBuilder api) => api.MapPost("core/users/service_account/", CreateAsync).ForSuperusers();

    private static async Task<IResult> CreateAsync(JsonBody body, ApiSave save, ControlPlaneContext context, KeyWrap wrap, TimeProvider time, CancellationToken cancel)
    {
        body.Require("name");
        body.TryText("name", out var name, max: 150);
        body.TryFlag("create_group", out var withGroup);
        var expiring = body.TryFlag("expiring", out var flag) ? flag : body.Find("expiring") is null;
        var expires = body.TryNullableTime("expires", out var given) && given is not null ? given.Value : time.GetUtcNow() + DefaultLifetime;
        if (name.Length > 0 && UserName.ProblemOf(name.Trim()) is { } problem)
        {
            body.Refuses("name", true, problem);
        }

        var user = new User { Username = name.Trim(), Name = name.Trim(), Type = UserType.ServiceAccount, Path = Path, DateJoined = time.GetUtcNow() };
        var token = TokenSecret.Create(wrap, $"service-account-{SlugOf(user.Username)}-password", TokenIntent.AppPassword, user.Id, time.GetUtcNow());
        (token.Expiring, token.ExpiresAt) = (expiring, expiring ? expires : null);
        body.Refuses("name", await IsTakenAsync(context, user, token, withGroup, cancel), "A user, a group or a token of this name is there already.");
        context.AddRange(user, token);
        Group? group = null;
        if (withGroup && !body.Refuses("name", GroupName.ProblemOf(user.Username) is not null, "This cannot be the name of a group."))
        {
            group = context.Groups.Add(new Group { Name = user.Username }).Entity;
            context.Memberships.Add(new Membership { UserId = user.Id, GroupId = group.Id });
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(new ServiceAccountAnswer
        {
            Username = user.Username,
            Token = TokenSecret.Show(token, wrap),
            UserUid = user.Uid,
            UserPk = user.Pk,
            GroupPk = group?.Id,
        });
    }

    private static async Task<bool> IsTakenAsync(ControlPlaneContext context, User user, Token token, bool withGroup, CancellationToken cancel)
    {
        var key = user.UsernameKey;
        return await context.Users.AnyAsync(other => other.UsernameKey == key, cancel)
            || await context.Tokens.AnyAsync(other => other.Identifier == token.Identifier, cancel)
            || (withGroup && await context.Groups.AnyAsync(other => other.Name == user.Username, cancel));
    }

    private static string SlugOf(string name) =>
        string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
}
