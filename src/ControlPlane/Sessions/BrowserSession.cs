using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Sessions;

/// <summary>The session of the browser that asks, by the cookie <c>authentik_session</c>: a random value whose hash alone is stored.</summary>
internal sealed class BrowserSession(ControlPlaneContext database, Superusers superusers, TimeProvider time)
{
    public const string CookieName = "authentik_session";

    private const int Bytes = 32;

    // A session nobody limited: ends with the browser, and in any case after two weeks, or two days without use. Tickets live 24 hours
    // and are renewed from the session, so the second must be longer than that.
    private static readonly TimeSpan AbsoluteLifetime = TimeSpan.FromDays(14);
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromDays(2);

    // A row is written at most so often for being used.
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(5);

    private (bool Looked, Session? Session) _found;

    /// <summary>The live session with its user, or null: no cookie, unknown, expired, or the user may no longer sign in.</summary>
    public async ValueTask<Session?> FindAsync(HttpContext http)
    {
        if (!_found.Looked)
        {
            _found = (true, await LookUpAsync(http));
        }

        return _found.Session;
    }

    /// <summary>A new session under a new value, saved, and its cookie given. The session that the browser had before ends.</summary>
    public async Task<Session> CreateAsync(HttpContext http, User user, string methods, TimeSpan? lifetime = null)
    {
        var made = await PrepareAsync(http, user, methods, lifetime);
        await database.SaveChangesAsync(http.RequestAborted);
        made.GiveCookie();
        return made.Session;
    }

    /// <summary>The same for a caller that saves itself; the cookie must be given only after that.</summary>
    public async Task<(Session Session, Action GiveCookie)> PrepareAsync(HttpContext http, User user, string methods, TimeSpan? lifetime)
    {
        if (await FindAsync(http) is { } former)
        {
            // Nobody could come back to the one that an administrator acted from.
            database.Sessions.Remove(former.ImpersonatorSession ?? former);
        }

        var value = NewValue();
        var now = time.GetUtcNow();
        var absoluteEnd = now + (lifetime ?? AbsoluteLifetime);
        var session = new Session
        {
            UserId = user.Id,
            CookieHash = HashOf(value),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = lifetime is null ? now + IdleLifetime : absoluteEnd,
            AbsoluteEnd = absoluteEnd,
            AuthenticatedAt = now,
            Methods = methods,
            Ip = http.Connection.RemoteIpAddress?.ToString() ?? "",
            UserAgent = Shorten(http.Request.Headers.UserAgent.ToString()),
        };
        database.Sessions.Add(session);
        return (session, GiveCookie);

        void GiveCookie()
        {
            http.Response.Cookies.Append(CookieName, value, CookieRules.Of(http, lifetime));
            _found = (true, session);
        }
    }

    /// <summary>A session in which who sits at <paramref name="own"/> acts as <paramref name="user"/>, no longer than that lasts. The caller saves, then gives the cookie.</summary>
    public Action PrepareActing(HttpContext http, Session own, User user)
    {
        var value = NewValue();
        var now = time.GetUtcNow();

        // Nobody holds a value of it until the return.
        own.CookieHash = HashOf(NewValue());
        var session = new Session
        {
            UserId = user.Id,
            ImpersonatorSessionId = own.Id,
            CookieHash = HashOf(value),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = own.ExpiresAt,
            AbsoluteEnd = own.ExpiresAt,
            AuthenticatedAt = own.AuthenticatedAt,
            Methods = Impersonation.Method,
            Ip = http.Connection.RemoteIpAddress?.ToString() ?? "",
            UserAgent = Shorten(http.Request.Headers.UserAgent.ToString()),
        };
        database.Sessions.Add(session);
        return () => http.Response.Cookies.Append(CookieName, value, CookieRules.Of(http, lifetime: null));
    }

    /// <summary>Gives the browser its own session back, under a new value. The caller saves, then gives the cookie.</summary>
    public Action PrepareReturn(HttpContext http, Session own)
    {
        var value = NewValue();
        own.CookieHash = HashOf(value);

        // A session that does not move on with use was given a lifetime, and its cookie one.
        TimeSpan? lifetime = own.ExpiresAt >= own.AbsoluteEnd ? own.AbsoluteEnd - time.GetUtcNow() : null;
        return () =>
        {
            http.Response.Cookies.Append(CookieName, value, CookieRules.Of(http, lifetime));
            http.Features.Set<ActingAs>(null);
            _found = (true, own);
        };
    }

    /// <summary>Ends it everywhere: the same save tells every outpost.</summary>
    public async Task EndAsync(HttpContext http, Session session)
    {
        database.Sessions.Remove(session);
        await database.SaveChangesAsync(http.RequestAborted);
        Forget(http);
    }

    /// <summary>Takes the cookie away from the browser.</summary>
    public void Forget(HttpContext http)
    {
        http.Response.Cookies.Delete(CookieName, CookieRules.Of(http, lifetime: null));
        _found = (true, null);
    }

    private async Task<Session?> LookUpAsync(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 100 } value)
        {
            return null;
        }

        var hash = HashOf(value);
        var now = time.GetUtcNow();
        var session = await database.Sessions.Include(row => row.User).Include(row => row.ImpersonatorSession).ThenInclude(row => row!.User).SingleOrDefaultAsync(row => row.CookieHash == hash, http.RequestAborted);
        if (session is not { User.IsActive: true } || !session.IsLive(now))
        {
            return null;
        }

        if (session.ImpersonatorSessionId is not null)
        {
            if (session.ImpersonatorSession is not { } own || !await MayActAsync(own, now, http.RequestAborted))
            {
                return null;
            }

            http.Features.Set(new ActingAs(own.User!, session.User));
        }

        await TouchAsync(session, now, http.RequestAborted);
        return session;
    }

    private async Task TouchAsync(Session session, DateTimeOffset now, CancellationToken cancel)
    {
        if (now - session.LastUsedAt < TouchInterval)
        {
            return;
        }

        var idleEnd = now + IdleLifetime;
        var expires = session.ExpiresAt >= session.AbsoluteEnd || idleEnd > session.AbsoluteEnd ? session.AbsoluteEnd : idleEnd;
        await database.Sessions.Where(row => row.Id == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now).SetProperty(row => row.ExpiresAt, expires), cancel);
    }

    // Asked at each request: who is no administrator any more, is nobody else either.
    private async Task<bool> MayActAsync(Session own, DateTimeOffset now, CancellationToken cancel) =>
        own is { User.IsActive: true } && own.IsLive(now) && await superusers.IsSuperuserAsync(own.UserId, cancel)
        && await database.Installations.AsNoTracking().AllAsync(installation => installation.Impersonation, cancel);

    private static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    private static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    private static string Shorten(string text) => text.Length <= 512 ? text : text[..512];
}
