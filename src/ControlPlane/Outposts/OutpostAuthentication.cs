using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Outposts;

/// <summary>Which outpost a token belongs to.</summary>
internal sealed class OutpostAuthentication(ControlPlaneContext context, TimeProvider time)
{
    // Longer than any token of ours, short enough to hash without a thought.
    private const int MaxTokenLength = 1024;

    public async Task<OutpostTokenOutcome> AuthenticateAsync(string? token, CancellationToken cancel)
    {
        if (token is null or { Length: 0 or > MaxTokenLength })
        {
            return new OutpostTokenOutcome.Unknown();
        }

        var hash = CredentialFormat.HashOf(token);
        var now = time.GetUtcNow();
        var outpost = await context.Tokens.Where(row => row.Hash == hash && row.Intent == TokenIntent.Api && (!row.Expiring || row.ExpiresAt > now) && row.User!.IsActive)
            .Join(context.Outposts, row => row.UserId, outpost => outpost.ServiceAccountId, (_, outpost) => new OutpostIdentity(outpost.Id, outpost.Name))
            .SingleOrDefaultAsync(cancel);
        if (outpost is not null)
        {
            return new OutpostTokenOutcome.Accepted(outpost);
        }

        var retired = await context.RetiredOutpostTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        return retired is null ? new OutpostTokenOutcome.Unknown() : new OutpostTokenOutcome.Withdrawn(retired.Reason);
    }
}
