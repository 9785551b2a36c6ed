using Microsoft.Extensions.Primitives;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Whether a request names the host of a protected application. What is forwarded to the control plane never does: sign-in pages on an application's
/// origin would hand it the session's cookie.
/// </summary>
internal sealed class ProtectedHosts(ServingHolder holder)
{
    // Either name is enough: this only ever refuses, so neither has to be believed.
    public bool IsNamedBy(IHeaderDictionary headers) =>
        holder.Current is { } serving && (Names(serving, headers.Host) || Names(serving, headers[ForwardedHeadersDialect.Host]));

    /// <summary>In domain mode the control plane's own host lies under the domain.</summary>
    public static bool IsControlPlane(Serving serving, string authority) =>
        Uri.TryCreate(serving.Compiled.Source.Outpost.PublicUrl, UriKind.Absolute, out var address)
        && (address.Authority.Equals(authority, StringComparison.OrdinalIgnoreCase) || address.Host.Equals(authority, StringComparison.OrdinalIgnoreCase));

    private static bool Names(Serving serving, StringValues host)
    {
        foreach (var authority in host)
        {
            if (authority is not null && (IsClaimed(serving, authority) ? !IsControlPlane(serving, authority) : IsAnotherPort(serving, authority)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsClaimed(Serving serving, string authority) =>
        serving.Compiled.FindByHost(authority, out var reason) is not null || reason == Reason.HostClaimedTwice;

    // Cookies know no ports. Where an application and the control plane share one name, on two ports, they share them whatever is refused here.
    private static bool IsAnotherPort(Serving serving, string authority) =>
        serving.Compiled.IsNamed(authority)
        && !(Uri.TryCreate($"http://{authority}/", UriKind.Absolute, out var asked)
            && Uri.TryCreate(serving.Compiled.Source.Outpost.PublicUrl, UriKind.Absolute, out var address)
            && address.IdnHost.TrimEnd('.').Equals(asked.IdnHost.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));
}
