using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>What scopes let an application learn, in words for the person who is asked.</summary>
internal static class ConsentScopes
{
    public static IReadOnlyList<ConsentItem> Describe(IEnumerable<string> scopes) =>
        [.. scopes.Select(scope => new ConsentItem(scope, NameOf(scope)))];

    private static string NameOf(string scope) => scope switch
    {
        "openid" => "Who you are: an identifier that stays the same",
        "profile" => "Your name, user name and groups",
        "email" => "Your e-mail address",
        "entitlements" => "What you may do in this application",
        "offline_access" => "Stay up to date while you are away",
        "ak_proxy" => "Your user data, sent to the application with each request",
        "goauthentik.io/api" => "Use this server's API as you",
        _ => scope,
    };
}
