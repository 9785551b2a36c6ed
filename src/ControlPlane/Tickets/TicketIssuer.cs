using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Tickets;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Principals;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tickets;

/// <summary>Mints tickets. Not an OAuth token: its own key, its own type, for the cookie of one provider only.</summary>
internal sealed class TicketIssuer(ControlPlaneContext context, KeyRing keys, PrincipalBuilder principals, TimeProvider time)
{
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromHours(24);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static TimeSpan ValidityOf(string text) => Duration.TryParse(text) ?? DefaultValidity;

    /// <summary>Null when the session has ended, or the outpost does not serve the provider. The caller has checked the provider's policies.</summary>
    public async Task<TicketGrant?> IssueAsync(Session session, ProxyProvider provider, Guid outpostId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!session.IsLive(now)
            || !await context.OutpostProviders.AnyAsync(link => link.OutpostId == outpostId && link.ProviderId == provider.Id, cancel)
            || !await GrantAsync(session, provider, now, cancel)
            || await principals.BuildAsync(session.UserId, outpostId, cancel) is not { } principal)
        {
            return null;
        }

        var installation = await InstallationView.ReadAsync(context, cancel);
        return new TicketGrant { Ticket = Mint(installation.Id, session, provider, principal, now), Principal = principal };
    }

    // From here on the outposts of this provider may read the principal; it is part of it, so it takes a change number.
    private async Task<bool> GrantAsync(Session session, ProxyProvider provider, DateTimeOffset now, CancellationToken cancel)
    {
        if (await context.SessionGrants.AnyAsync(grant => grant.SessionId == session.Id && grant.ProviderId == provider.Id, cancel))
        {
            return true;
        }

        var grant = context.SessionGrants.Add(new SessionGrant { SessionId = session.Id, ProviderId = provider.Id, CreatedAt = now });
        var told = context.AuditEvents.Add(await AuthorizedAsync(session, provider, now, cancel));
        try
        {
            await context.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two tabs at once: the other one made it. Or the session or the provider is gone.
            (grant.State, told.State) = (EntityState.Detached, EntityState.Detached);
            return await context.SessionGrants.AnyAsync(row => row.SessionId == session.Id && row.ProviderId == provider.Id, cancel);
        }
    }

    // Once for each session and application: renewals of the ticket are no news.
    private async Task<AuditEvent> AuthorizedAsync(Session session, ProxyProvider provider, DateTimeOffset now, CancellationToken cancel)
    {
        var application = await context.Applications.AsNoTracking().SingleOrDefaultAsync(row => row.ProviderId == provider.Id, cancel);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == session.UserId, cancel);
        var administrator = session.ImpersonatorSessionId is { } own ? await context.Sessions.AsNoTracking().Where(row => row.Id == own).Select(row => row.User).SingleOrDefaultAsync(cancel) : null;
        return administrator is null
            ? AuditEvent.Authorized(now, user, session.Ip, application)
            : AuditEvent.Authorized(now, administrator, session.Ip, application, onBehalfOf: user);
    }

    private string Mint(Guid installation, Session session, ProxyProvider provider, Principal principal, DateTimeOffset now)
    {
        var key = keys.Current(KeyPurpose.Ticket);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Ticket.Type,
            Issuer = Ticket.IssuerOf(installation),
            Audience = provider.ClientId,
            IssuedAt = now.UtcDateTime,
            Expires = EndOf(session, provider, key, now).UtcDateTime,
            Claims = ClaimsOf(session, principal),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key.Key) { KeyId = key.Kid }, Ticket.Algorithm),
        });
    }

    // Past the end of its key nobody could verify it.
    private static DateTimeOffset EndOf(Session session, ProxyProvider provider, SigningKey key, DateTimeOffset now) =>
        new[] { now + ValidityOf(provider.AccessTokenValidity), session.AbsoluteEnd, key.Record.ExpiresAt ?? DateTimeOffset.MaxValue }.Min();

    private static Dictionary<string, object> ClaimsOf(Session session, Principal principal)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = principal.Id.ToString("D"),
            [Ticket.SessionClaim] = session.Id.ToString("D"),
            [Ticket.RevisionClaim] = principal.Revision,
            [Ticket.AuthenticationTimeClaim] = session.AuthenticatedAt.ToUnixTimeSeconds(),
            [Ticket.MethodsClaim] = session.Methods.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        if (session.Context.Length > 0)
        {
            claims[Ticket.ContextClaim] = session.Context;
        }

        return claims;
    }
}
