using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Api.Access;

/// <summary>
/// Proof that a page of ours sent a request: no other can read the cookie. It is made from the session's own secret, so that a cookie planted by
/// a neighbouring host, or left from another session, proves nothing; and the secret cannot be found from it.
/// </summary>
internal static class CsrfToken
{
    public const string CookieName = "authentik_csrf";
    public const string HeaderName = "X-authentik-CSRF";

    private static readonly byte[] Purpose = "sidecar/api/csrf/1"u8.ToArray();

    /// <param name="sessionSecret">The value of the session's cookie.</param>
    public static string Of(string sessionSecret) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionSecret), Purpose));

    /// <summary>Gives the browser the value that its pages are to send, unless it has it.</summary>
    public static void Offer(HttpContext http, string sessionSecret)
    {
        var token = Of(sessionSecret);
        if (http.Request.Cookies[CookieName] == token)
        {
            return;
        }

        var rules = CookieRules.Of(http, lifetime: null);
        rules.HttpOnly = false;
        http.Response.Cookies.Append(CookieName, token, rules);
    }

    public static bool IsProven(HttpRequest request, string sessionSecret) =>
        IsSameOrigin(request)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers[HeaderName].ToString()), Encoding.UTF8.GetBytes(Of(sessionSecret)));

    // Older browsers send no Sec-Fetch-Site, but all send Origin with a method that changes something.
    private static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site == "same-origin"
            : request.Headers.Origin.ToString().Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
