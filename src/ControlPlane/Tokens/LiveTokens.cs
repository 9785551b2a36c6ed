using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tokens;

/// <summary>Finds tokens that act for a user at this moment.</summary>
internal sealed class LiveTokens(ControlPlaneContext context, TimeProvider time)
{
    private const int MaxSecretLength = 1024;

    /// <summary>The API token or app password with its user, or null, without saying why.</summary>
    /// <param name="username">Null: the secret alone names its user.</param>
    /// <param name="secret">As it was sent.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<Token?> FindAsync(string? username, string secret, CancellationToken cancel)
    {
        if (secret.Length > MaxSecretLength)
        {
            return null;
        }

        var hash = CredentialFormat.HashOf(secret);
        var token = await context.Tokens.AsNoTracking().Include(row => row.User).SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        return ActsForUser(token) && (username is null || LookupKey.Of(username) == token!.User!.UsernameKey) ? token : null;
    }

    /// <summary>The token of that user that has this secret still; see <see cref="TokenCredential"/>.</summary>
    /// <param name="uid">The user's <see cref="User.Uid"/>.</param>
    /// <param name="credential">What <see cref="TokenCredential.IdOf(Token)"/> said when it was given out.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<Token?> FindAsync(string uid, Guid credential, CancellationToken cancel)
    {
        var theirs = await context.Tokens.AsNoTracking().Include(row => row.User).Where(row => row.User!.Uid == uid).ToListAsync(cancel);
        var token = theirs.Find(row => TokenCredential.IdOf(row) == credential);
        return ActsForUser(token) ? token : null;
    }

    // The account of an outpost opens the channel, not an application.
    private bool ActsForUser(Token? token) =>
        token is { Intent: TokenIntent.Api or TokenIntent.AppPassword, User: { IsActive: true, Type: not UserType.InternalServiceAccount } } && token.IsLive(time.GetUtcNow());
}
