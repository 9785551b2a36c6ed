using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>
/// The cookie that binds runs to one browser: random, not the session's, so that a run begun before sign-in is worth nothing afterwards.
/// </summary>
internal sealed class FlowBrowser
{
    private const string Name = "sidecar_flow";
    private const int Bytes = 32;

    // A sibling domain can set a cookie of ours for the whole domain; the prefix makes browsers refuse that.
    private const string SecurePrefix = "__Host-";

    public string? Find(HttpContext http) =>
        http.Items[this] as string ?? (http.Request.Cookies[NameFor(http)] is { Length: > 0 and < 100 } value ? value : null);

    public string FindOrIssue(HttpContext http) => Find(http) ?? Issue(http);

    /// <summary>A new value: the old one, which somebody may have planted, is worth nothing from now on.</summary>
    public string Issue(HttpContext http)
    {
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        Set(http, value);
        return value;
    }

    /// <summary>Makes a value that is not given to the browser yet.</summary>
    public static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public void Set(HttpContext http, string value)
    {
        http.Items[this] = value;
        http.Response.Cookies.Append(NameFor(http), value, CookieRules.Of(http, lifetime: null));
    }

    public static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    private static string NameFor(HttpContext http) => CookieRules.IsSecure(http) ? SecurePrefix + Name : Name;
}
