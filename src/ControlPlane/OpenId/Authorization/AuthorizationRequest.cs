using System.Globalization;
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
    private const long SecondsToComeBack = 300;

    public static bool IsSilent(this OpenIddictRequest request) => request.HasPromptValue(PromptValues.None);

    /// <summary>Whether the user must prove who they are although a session stands.</summary>
    public static bool AsksForFreshSignIn(this OpenIddictRequest request, Session session, DateTimeOffset now) =>
        request.HasPromptValue(PromptValues.Login)
        || (request.MaxAge is { } seconds && now - session.AuthenticatedAt > TimeSpan.FromSeconds(Math.Max(0, seconds)));

    /// <summary>
    /// The address of this request, for coming back after a sign-in. <c>prompt=login</c> and <c>max_age=0</c>, which no sign-in could ever satisfy a moment
    /// later, become "within these minutes"; the client sees in <c>auth_time</c> when it was.
    /// </summary>
    public static string AddressAfterSignIn(this OpenIddictRequest request)
    {
        var parameters = TextOf(request);
        if (request.HasPromptValue(PromptValues.Login) || request.MaxAge is not null)
        {
            parameters[Parameters.MaxAge] = Math.Max(request.MaxAge ?? 0, SecondsToComeBack).ToString(CultureInfo.InvariantCulture);
            parameters[Parameters.Prompt] = string.Join(' ', (request.Prompt ?? "").Split(' ').Where(value => value is not PromptValues.Login));
        }

        return AddressOf(parameters);
    }

    public static string Address(this OpenIddictRequest request) => AddressOf(TextOf(request));

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

    private static Dictionary<string, string> TextOf(OpenIddictRequest request) =>
        request.GetParameters().ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value ?? "", StringComparer.Ordinal);

    private static string AddressOf(Dictionary<string, string> parameters) =>
        OpenIdAddresses.Authorize + new QueryBuilder(parameters.Where(parameter => parameter.Value.Length > 0)).ToQueryString();
}
