using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Applications;

/// <summary>Where a click on an application leads: its own address, else the host that its provider protects.</summary>
internal static class LaunchUrl
{
    public static string? Of(Application application, User user) =>
        application.MetaLaunchUrl.Length > 0 ? Filled(application.MetaLaunchUrl, user)
        : application.Provider is ProxyProvider proxy ? proxy.ExternalHost
        : null;

    // authentik's placeholders. Escaped: a name must not add a path or a query.
    private static string Filled(string url, User user) => url
        .Replace("%(username)s", Uri.EscapeDataString(user.Username), StringComparison.Ordinal)
        .Replace("%(name)s", Uri.EscapeDataString(user.Name), StringComparison.Ordinal)
        .Replace("%(email)s", Uri.EscapeDataString(user.Email), StringComparison.Ordinal)
        .Replace("%(uid)s", user.Uid, StringComparison.Ordinal);
}
