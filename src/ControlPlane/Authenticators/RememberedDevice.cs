using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>
/// The cookie <c>authentik_mfa</c>: this browser proved a second factor not long ago. It is the browser that is remembered and not the user, or somebody who stole
/// a password would walk in behind its owner.
/// </summary>
internal sealed class RememberedDevice(IDataProtectionProvider protection, TimeProvider time)
{
    public const string CookieName = "authentik_mfa";

    private readonly IDataProtector _protector = protection.CreateProtector("sidecar/mfa/1");

    public void Remember(HttpContext http, AuthenticatorDevice device, TimeSpan lifetime)
    {
        var content = JsonSerializer.Serialize(new Content(device.UserId, device.Id, time.GetUtcNow()));
        http.Response.Cookies.Append(CookieName, _protector.Protect(content), CookieRules.Of(http, lifetime));
    }

    /// <summary>The device of that user that this browser used within <paramref name="threshold"/>; null: none.</summary>
    public int? Find(HttpContext http, Guid user, TimeSpan threshold)
    {
        if (threshold <= TimeSpan.Zero || http.Request.Cookies[CookieName] is not { Length: > 0 and < 2048 } value)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Content>(_protector.Unprotect(value)) is { } content && content.User == user && content.At + threshold > time.GetUtcNow()
                ? content.Device
                : null;
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Content(Guid User, int Device, DateTimeOffset At);
}
