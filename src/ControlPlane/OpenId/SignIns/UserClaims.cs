using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.SignIns;

/// <summary>What applications are told of a user, by scope, as authentik's default scope mappings have it. Read each time: it says who the user is now.</summary>
internal sealed class UserClaims(ControlPlaneContext database)
{
    private const string GroupsClaim = "groups";

    public async Task<JsonObject> OfAsync(User user, IReadOnlyCollection<string> scopes, CancellationToken cancel)
    {
        var claims = new JsonObject { [Claims.Subject] = user.Uid };
        if (scopes.Contains(Scopes.Profile))
        {
            await AddProfileAsync(claims, user, cancel);
        }

        if (scopes.Contains(Scopes.Email))
        {
            claims[Claims.Email] = user.Email;

            // Nobody has shown here that the address is theirs.
            claims[Claims.EmailVerified] = false;
        }

        if (scopes.Contains(OpenIdScopes.Proxy))
        {
            claims[OpenIdScopes.Proxy] = await ProxyClaimAsync(user, cancel);
        }

        return claims;
    }

    private async Task AddProfileAsync(JsonObject claims, User user, CancellationToken cancel)
    {
        var groups = await GroupsAsync(user, cancel);
        claims[Claims.Name] = user.Name;
        claims[Claims.GivenName] = user.Name;
        claims[Claims.PreferredUsername] = user.Username;
        claims[Claims.Nickname] = user.Username;
        claims[GroupsClaim] = new JsonArray([.. groups.Select(group => JsonValue.Create(group.Name))]);
    }

    private async Task<JsonObject> ProxyClaimAsync(User user, CancellationToken cancel)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in await UserAttributes.MergeAsync(database, user, cancel))
        {
            attributes[name] = JsonNode.Parse(value.GetRawText());
        }

        return new JsonObject
        {
            ["user_attributes"] = attributes,
            ["is_superuser"] = (await GroupsAsync(user, cancel)).Exists(group => group.IsSuperuser),
        };
    }

    private async Task<List<Group>> GroupsAsync(User user, CancellationToken cancel)
    {
        var ids = await GroupClosure.OfUserAsync(database, user.Id, cancel);
        return await database.Groups.AsNoTracking().Where(group => ids.Contains(group.Id)).OrderBy(group => group.Name).ToListAsync(cancel);
    }
}
