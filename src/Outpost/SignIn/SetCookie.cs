using System.Globalization;

namespace Sidecar.Outpost.SignIn;

/// <summary>One <c>Set-Cookie</c> value (RFC 6265 section 4.1). An answer never carries two: some proxies keep only the first, others join them.</summary>
internal static class SetCookie
{
    public static string Build(string name, string value, long maxAge, bool secure, string domain) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}={value}; Path=/; Max-Age={maxAge}; HttpOnly; SameSite=Lax{(secure ? "; Secure" : "")}{(domain.Length > 0 ? "; Domain=" + domain : "")}");

    public static string Clear(string name, bool secure, string domain) => Build(name, "", 0, secure, domain);
}
