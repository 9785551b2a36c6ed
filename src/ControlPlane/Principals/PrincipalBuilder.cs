using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Principals;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Principals;

/// <summary>What one outpost may know of a user: nothing, unless the user has a session or a token at one of its applications.</summary>
internal sealed class PrincipalBuilder(ControlPlaneContext context, TimeProvider time)
{
    /// <summary>Null: this outpost may not read it.</summary>
    public async Task<Principal?> BuildAsync(Guid userId, Guid outpostId, CancellationToken cancel)
    {
        await using var read = context.Database.CurrentTransaction is null ? await context.BeginConsistentReadAsync(cancel) : null;
        var sessions = await VisibleSessions(outpostId).Where(session => session.UserId == userId).Select(session => session.Id).ToListAsync(cancel);
        var tokens = await VisibleTokens(outpostId).Where(token => token.UserId == userId).Select(token => new { token.Id, token.Hash }).ToListAsync(cancel);
        if (sessions.Count + tokens.Count == 0
            || await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, cancel) is not { } user)
        {
            return null;
        }

        return new Principal
        {
            Id = user.Id,
            Revision = user.Revision,
            Uid = user.Uid,
            Username = user.Username,
            Name = user.Name,
            Email = user.Email,
            Active = user.IsActive,
            Groups = await context.Memberships.Where(membership => membership.UserId == userId).Select(membership => membership.GroupId).ToListAsync(cancel),
            Attributes = await AttributesAsync(user, outpostId, cancel),
            Sessions = sessions,
            Credentials = [.. tokens.Select(token => TokenCredential.IdOf(token.Id, token.Hash))],
        };
    }

    /// <summary>Revisions of those that this outpost may read.</summary>
    public async Task<Dictionary<Guid, long>> RevisionsAsync(IReadOnlyList<Guid> ids, Guid outpostId, CancellationToken cancel)
    {
        await using var read = await context.BeginConsistentReadAsync(cancel);
        var visible = VisibleSessions(outpostId).Select(session => session.UserId).Union(VisibleTokens(outpostId).Select(token => token.UserId));
        var revisions = new Dictionary<Guid, long>();
        foreach (var some in ids.Chunk(500))
        {
            await foreach (var row in context.Users.Where(user => some.Contains(user.Id) && visible.Contains(user.Id))
                .Select(user => new { user.Id, user.Revision }).AsAsyncEnumerable().WithCancellation(cancel))
            {
                revisions[row.Id] = row.Revision;
            }
        }

        return revisions;
    }

    private IQueryable<Session> VisibleSessions(Guid outpostId)
    {
        var now = time.GetUtcNow();
        return context.Sessions.Where(session => session.ExpiresAt > now && session.AbsoluteEnd > now
            && context.SessionGrants.Any(grant => grant.SessionId == session.Id
                && context.OutpostProviders.Any(link => link.OutpostId == outpostId && link.ProviderId == grant.ProviderId)));
    }

    private IQueryable<Token> VisibleTokens(Guid outpostId)
    {
        var now = time.GetUtcNow();
        return context.Tokens.Where(token => (!token.Expiring || token.ExpiresAt > now)
            && (token.Intent == TokenIntent.Api || token.Intent == TokenIntent.AppPassword)
            && context.TokenGrants.Any(grant => grant.TokenId == token.Id
                && context.OutpostProviders.Any(link => link.OutpostId == outpostId && link.ProviderId == grant.ProviderId)));
    }

    private async Task<IReadOnlyDictionary<string, string>> AttributesAsync(User user, Guid outpostId, CancellationToken cancel)
    {
        var wanted = await context.ProxyProviders
            .Where(provider => provider.BasicAuthEnabled && context.OutpostProviders.Any(link => link.OutpostId == outpostId && link.ProviderId == provider.Id))
            .Select(provider => new { provider.BasicAuthUserAttribute, provider.BasicAuthPasswordAttribute }).ToListAsync(cancel);
        var keys = wanted.SelectMany(pair => (string[])[pair.BasicAuthUserAttribute, pair.BasicAuthPasswordAttribute]).Where(key => key.Length > 0).ToHashSet();
        return keys.Count == 0 ? new Dictionary<string, string>() : UserAttributes.Pick(await UserAttributes.MergeAsync(context, user, cancel), keys);
    }
}
