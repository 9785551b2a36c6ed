using System.Text;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.SignIn;

/// <summary>The address that asks the control plane to sign a browser in (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core 3.1.2.1).</summary>
internal static class AuthorizationRequest
{
    public static string Build(ApplicationView application, AttemptState attempt)
    {
        var provider = application.Provider;
        var url = new StringBuilder(application.AuthorizationUrl, 1024);
        url.Append(application.AuthorizationUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?').Append("response_type=code");
        Append(url, "client_id", provider.ClientId);
        Append(url, "redirect_uri", application.RedirectUri);
        Append(url, "scope", provider.Scopes);
        Append(url, "state", attempt.Seal(application.Sealer!));
        Append(url, "nonce", attempt.Nonce);
        Append(url, "code_challenge", attempt.CodeChallenge);
        Append(url, "code_challenge_method", "S256");
        return url.ToString();
    }

    private static void Append(StringBuilder url, string name, string value) =>
        url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
}
