using System.Text;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The <c>Authorization: Basic</c> that an application behind the proxy wants, from two attributes of the user.</summary>
internal static class BasicCredentials
{
    /// <returns>Null when the provider does not send any or the user has no password attribute.</returns>
    public static string? For(ProviderRecord provider, Principal principal)
    {
        if (!provider.BasicAuthEnabled || !principal.Attributes.TryGetValue(provider.BasicAuthPasswordAttribute, out var password) || password.Length == 0)
        {
            return null;
        }

        var user = principal.Attributes.GetValueOrDefault(provider.BasicAuthUserAttribute, principal.Email);

        // A colon would move the border between name and password (RFC 7617 section 2).
        return user.Contains(':', StringComparison.Ordinal) ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }
}
