using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Sidecar.ControlPlane.Storage;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

/// <summary>Keeps OpenIddict's tokens. Rows are changed by conditional statements, so that of two redemptions one loses, on every database.</summary>
internal sealed partial class IssuedTokenStore(ControlPlaneContext database) : IOpenIddictTokenStore<IssuedToken>
{
    public async ValueTask CreateAsync(IssuedToken token, CancellationToken cancellationToken)
    {
        database.Add(token);
        await database.SaveChangesAsync(cancellationToken);

        // From here on it is changed by statements; a tracked copy would be stale.
        database.Entry(token).State = EntityState.Detached;
    }

    public async ValueTask UpdateAsync(IssuedToken token, CancellationToken cancellationToken)
    {
        var changed = await database.Set<IssuedToken>()
            .Where(row => row.Id == token.Id && row.Version == token.Version)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(it => it.Status, token.Status)
                    .SetProperty(it => it.ReferenceId, token.ReferenceId)
                    .SetProperty(it => it.Payload, token.Payload)
                    .SetProperty(it => it.ExpiresAt, token.ExpiresAt)
                    .SetProperty(it => it.RedeemedAt, token.RedeemedAt)
                    .SetProperty(it => it.Version, token.Version + 1),
                cancellationToken);

        // Only a redemption must know that it lost. A new token whose chain was taken back meanwhile stays taken back: its row is not touched.
        if (changed == 0 && token.Status == OpenIddictConstants.Statuses.Redeemed)
        {
            throw new ConcurrencyException("Another request changed this token first.");
        }

        token.Version += changed;
    }

    public async ValueTask DeleteAsync(IssuedToken token, CancellationToken cancellationToken) =>
        await database.Set<IssuedToken>().Where(row => row.Id == token.Id).ExecuteDeleteAsync(cancellationToken);

    public async ValueTask<IssuedToken?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        Guid.TryParse(identifier, out var id)
            ? await database.Set<IssuedToken>().AsNoTracking().SingleOrDefaultAsync(token => token.Id == id, cancellationToken)
            : null;

    public async ValueTask<IssuedToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken) =>
        await database.Set<IssuedToken>().AsNoTracking().SingleOrDefaultAsync(token => token.ReferenceId == identifier, cancellationToken);

    public IAsyncEnumerable<IssuedToken> FindByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        database.Set<IssuedToken>().AsNoTracking().Where(token => token.ChainId == identifier).AsAsyncEnumerable();

    public async ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        await database.Set<IssuedToken>()
            .Where(token => token.ChainId == identifier && token.Status != OpenIddictConstants.Statuses.Revoked)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(it => it.Status, OpenIddictConstants.Statuses.Revoked)
                    .SetProperty(it => it.Version, it => it.Version + 1),
                cancellationToken);

    // Only what has expired: an unexpired token whose row is missing could no longer be told from a forged one.
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken) =>
        await database.Set<IssuedToken>().Where(token => token.ExpiresAt < threshold).ExecuteDeleteAsync(cancellationToken);

    private static int? ParseProvider(string? identifier) =>
        identifier is null ? null : int.Parse(identifier, NumberStyles.None, CultureInfo.InvariantCulture);
}
