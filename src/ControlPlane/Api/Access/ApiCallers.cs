using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Api.Access;

/// <summary>Finds out who calls. Nothing is remembered between requests: a token taken away or a user disabled counts at once.</summary>
internal sealed class ApiCallers(ControlPlaneContext context, Superusers superusers, BrowserSession browser, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    public async Task<CallerOutcome> FindAsync(HttpContext http, CancellationToken cancel)
    {
        var authorization = http.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            return await FromSessionAsync(http, cancel);
        }

        // A wrong token never falls back to the browser's session: the caller meant the token.
        return authorization.Count == 1 && authorization[0] is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await FromTokenAsync(header[Scheme.Length..].Trim(), cancel)
            : new CallerOutcome.BadCredentials();
    }

    private async Task<CallerOutcome> FromTokenAsync(string secret, CancellationToken cancel)
    {
        var hash = CredentialFormat.HashOf(secret);
        var token = await context.Tokens.AsNoTracking().Include(token => token.User).SingleOrDefaultAsync(token => token.Hash == hash, cancel);
        return token is { Intent: TokenIntent.Api, User: { IsActive: true } user } && token.IsLive(time.GetUtcNow())
            ? new CallerOutcome.Known(new ApiCaller(user, await superusers.IsSuperuserAsync(user.Id, cancel), SessionId: null))
            : new CallerOutcome.BadCredentials();
    }

    private async Task<CallerOutcome> FromSessionAsync(HttpContext http, CancellationToken cancel)
    {
        if (await browser.FindAsync(http) is not { User: { } user } session || http.Request.Cookies[BrowserSession.CookieName] is not { } secret)
        {
            return new CallerOutcome.Nobody();
        }

        CsrfToken.Offer(http, secret);
        return IsSafe(http.Request.Method) || CsrfToken.IsProven(http.Request, secret)
            ? new CallerOutcome.Known(new ApiCaller(user, await superusers.IsSuperuserAsync(user.Id, cancel), session.Id))
            : new CallerOutcome.Forged();
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
