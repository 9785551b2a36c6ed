namespace Sidecar.ControlPlane.OpenId;

/// <summary>authentik's addresses of the OpenID provider: some shared by all applications, the rest under the application's slug.</summary>
internal static class OpenIdAddresses
{
    public const string Root = "/application/o/";
    public const string Authorize = Root + "authorize/";
    public const string Token = Root + "token/";
    public const string UserInfo = Root + "userinfo/";
    public const string Introspect = Root + "introspect/";
    public const string Revoke = Root + "revoke/";

    public const string Discovery = ".well-known/openid-configuration";
    public const string Jwks = "jwks/";
    public const string EndSession = "end-session/";

    // "device" and "par" are authentik's too: an application must not take their place.
    private static readonly HashSet<string> Shared =
        new(["authorize", "token", "userinfo", "introspect", "revoke", "device", "par"], StringComparer.OrdinalIgnoreCase);

    public static bool IsShared(string segment) => Shared.Contains(segment);

    /// <summary>The segment after <see cref="Root"/>: a slug or the name of a shared endpoint. Null for any other path.</summary>
    public static string? SegmentOf(PathString path)
    {
        if (path.Value is not { } text || !text.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text.AsSpan(Root.Length);
        var end = rest.IndexOf('/');
        var segment = end < 0 ? rest : rest[..end];
        return segment.IsEmpty ? null : segment.ToString();
    }
}
