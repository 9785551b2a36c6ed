using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Contracts.Tickets;

/// <summary>The names that a ticket is made of. It is not an OAuth token: its own key, its own <c>typ</c>, valid only in its cookie.</summary>
public static class Ticket
{
    /// <summary>JOSE <c>typ</c> (RFC 8725 section 3.11). Everything that is not an outpost's ticket cookie refuses it by this.</summary>
    public const string Type = "sidecar-ticket+jwt";

    public const string Algorithm = "ES256";

    /// <summary>Session id, a UUID: must be among the principal's live sessions.</summary>
    public const string SessionClaim = "sid";

    /// <summary>The principal's revision when the ticket was made: an outpost whose copy is older fetches first.</summary>
    public const string RevisionClaim = "rev";

    public const string AuthenticationTimeClaim = "auth_time";
    public const string MethodsClaim = "amr";
    public const string ContextClaim = "acr";

    /// <summary><c>iss</c> of an installation's tickets.</summary>
    public static string IssuerOf(Guid installation) => "urn:sidecar:" + installation.ToString("D");

    /// <summary>authentik's cookie name: <c>authentik_proxy_</c> and the first 8 hexadecimal digits of SHA-256 of the client id.</summary>
    public static string CookieName(string clientId)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        return "authentik_proxy_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clientId)))[..8];
    }
}
