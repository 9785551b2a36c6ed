using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using Sidecar.ControlPlane.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Authorization;

/// <summary>What the endpoint asks of an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core 3.1.2.1).</summary>
internal static class AuthorizationRequest
{
    private const char UnitSeparator = '\u001F';

    public static bool IsSilent(this OpenIddictRequest request) => request.HasPromptValue(PromptValues.None);

    /// <summary>Whether the user must prove who they are although a session stands.</summary>
    public static bool AsksForFreshSignIn(this OpenIddictRequest request, Session session, DateTimeOffset now) =>
        request.HasPromptValue(PromptValues.Login)
        || (request.MaxAge is { } seconds && now - session.AuthenticatedAt > TimeSpan.FromSeconds(Math.Max(0, seconds)));

    /// <summary>The address of this request, for coming back after a sign-in: without <c>prompt=login</c>, which is then done.</summary>
    public static string AddressAfterSignIn(this OpenIddictRequest request) => AddressOf(request, keepLogin: false);

    public static string Address(this OpenIddictRequest request) => AddressOf(request, keepLogin: true);

    /// <summary>
    /// Names this request by this session. A proof that the authorization flow was passed counts for exactly that: not for other scopes, not for another
    /// redirect address, not for the next user of the browser.
    /// </summary>
    public static string HashFor(this OpenIddictRequest request, Session session)
    {
        var parts = request.GetParameters()
            .Where(parameter => parameter.Key != Parameters.Prompt)
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}")
            .Prepend(session.Id.ToString("D"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(UnitSeparator, parts))));
    }

    private static string AddressOf(OpenIddictRequest request, bool keepLogin)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            var text = (string?)value ?? "";
            query.Add(name, name == Parameters.Prompt && !keepLogin ? WithoutLogin(text) : text);
        }

        return OpenIdAddresses.Authorize + query.ToQueryString();
    }

    private static string WithoutLogin(string prompt) => string.Join(' ', prompt.Split(' ').Where(value => value != PromptValues.Login));
}
