using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Principals;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Tokens;

/// <summary>Whether an app password or API token signs its owner in at one provider.</summary>
internal sealed class CredentialChecker(ControlPlaneContext context, LiveTokens tokens, PrincipalBuilder principals)
{
    /// <summary>Null: no, without saying why.</summary>
    public async Task<CredentialAnswer?> CheckAsync(CredentialCheck check, Guid outpostId, CancellationToken cancel)
    {
        if (await ProviderAsync(check.ClientId, outpostId, cancel) is not { } provider
            || await tokens.FindAsync(check.Username, check.Secret, cancel) is not { User: { } user } token
            || (await AccessCheck.DecideAsync(context, provider.Application!, user, cancel)).Verdict != Verdict.Allow)
        {
            return null;
        }

        await GrantAsync(token, provider, cancel);
        var principal = await principals.BuildAsync(user.Id, outpostId, cancel);

        // Withdrawn in between: then it is not among the live ones.
        var credential = TokenCredential.IdOf(token);
        return principal is not null && principal.Credentials.Contains(credential)
            ? new CredentialAnswer { Principal = principal, CredentialId = credential, ExpiresAt = token.Expiring ? token.ExpiresAt?.ToUnixTimeSeconds() : null }
            : null;
    }

    private Task<ProxyProvider?> ProviderAsync(string clientId, Guid outpostId, CancellationToken cancel) =>
        context.ProxyProviders.AsNoTracking().Include(provider => provider.Application).SingleOrDefaultAsync(
            provider => provider.ClientId == clientId && provider.InterceptHeaderAuth && provider.Application != null
                && context.OutpostProviders.Any(link => link.OutpostId == outpostId && link.ProviderId == provider.Id),
            cancel);

    private async Task GrantAsync(Token token, ProxyProvider provider, CancellationToken cancel)
    {
        if (await context.TokenGrants.AnyAsync(grant => grant.TokenId == token.Id && grant.ProviderId == provider.Id, cancel))
        {
            return;
        }

        var grant = context.TokenGrants.Add(new TokenGrant { TokenId = token.Id, ProviderId = provider.Id });
        try
        {
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // A parallel request made it, or the token is gone: what follows reads what stands.
            grant.State = EntityState.Detached;
        }
    }
}
