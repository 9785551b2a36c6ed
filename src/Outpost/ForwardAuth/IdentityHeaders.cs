namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The headers that tell an application who is there. Every 200 carries all of them; a client that sends one is refused.</summary>
internal static class IdentityHeaders
{
    public const string Username = "X-authentik-username";
    public const string Groups = "X-authentik-groups";
    public const string Entitlements = "X-authentik-entitlements";
    public const string Email = "X-authentik-email";
    public const string Name = "X-authentik-name";
    public const string Uid = "X-authentik-uid";
    public const string Jwt = "X-authentik-jwt";
    public const string MetaJwks = "X-authentik-meta-jwks";
    public const string MetaOutpost = "X-authentik-meta-outpost";
    public const string MetaProvider = "X-authentik-meta-provider";
    public const string MetaApp = "X-authentik-meta-app";
    public const string MetaVersion = "X-authentik-meta-version";

    /// <summary>All twelve.</summary>
    public static readonly string[] All =
    [
        Username, Groups, Entitlements, Email, Name, Uid, Jwt, MetaJwks, MetaOutpost, MetaProvider, MetaApp, MetaVersion,
    ];
}
