using System.Text;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.Pages;

/// <summary>Writes refusals and redirects: never a 2xx, never two cookies, never kept by a cache, always with a length.</summary>
internal static class RefusalWriter
{
    private const string RetryAfterSeconds = "5";

    public static async Task WriteAsync(HttpContext context, Dialect dialect, Refusal refusal, bool asPage, BrandRecord? brand)
    {
        var body = asPage ? Encoding.UTF8.GetBytes(RefusalPage.Render(refusal, brand)) : RefusalJson.Render(refusal);
        var response = context.Response;
        response.StatusCode = RefusalStatus.Of(refusal.Reason, dialect);
        response.ContentType = asPage ? "text/html; charset=utf-8" : "application/json";
        response.ContentLength = body.Length;
        AddHeaders(response.Headers, refusal, dialect);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>302 to an absolute address: a relative one would be resolved against the outpost's own by Traefik.</summary>
    public static void Redirect(HttpContext context, string url, string? setCookie)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = url;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.ContentLength = 0;
        if (setCookie is not null)
        {
            response.Headers.SetCookie = setCookie;
        }
    }

    private static void AddHeaders(IHeaderDictionary headers, Refusal refusal, Dialect dialect)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = PageStyle.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Sidecar-Reason"] = Decisions.Reasons.IdOf(refusal.Reason);
        if (RefusalStatus.IsPassing(refusal.Reason))
        {
            headers.RetryAfter = RetryAfterSeconds;
        }

        if (refusal.Challenge is not null)
        {
            headers.WWWAuthenticate = refusal.Challenge;
        }

        if (refusal.SetCookie is not null && dialect != Dialect.Nginx)
        {
            headers.SetCookie = refusal.SetCookie;
        }
    }
}
