using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>Requests as a signed-in browser sends them.</summary>
internal static class BrowserSessions
{
    /// <summary>The value of the session's cookie.</summary>
    public static async Task<string> BeginAsync(ApiPlane plane, string username)
    {
        await using var context = plane.Plane.Open();
        var user = await context.Users.SingleAsync(user => user.Username == username, TestContext.Current.CancellationToken);
        var secret = Guid.NewGuid().ToString("N");
        var session = Samples.Session(user.Id);
        session.CookieHash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        context.Sessions.Add(session);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return secret;
    }

    public static void Speak(HttpRequestMessage request, string secret) => request.Headers.Add("Cookie", $"{BrowserSession.CookieName}={secret}");

    /// <summary>As a page of ours does.</summary>
    public static void SpeakWithProof(HttpRequestMessage request, string secret)
    {
        var token = CsrfToken.Of(secret);
        request.Headers.Add("Cookie", $"{BrowserSession.CookieName}={secret}; {CsrfToken.CookieName}={token}");
        request.Headers.Add(CsrfToken.HeaderName, token);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
    }
}
