using Sidecar.Contracts.Snapshots;

namespace Sidecar.Outpost.Snapshots;

/// <summary>
/// What <c>AUTHENTIK_HOST_BROWSER</c> does: browsers reach the control plane elsewhere than the snapshot says. Only where browsers are sent changes; issuers do not.
/// </summary>
internal static class BrowserAddresses
{
    public static Snapshot Replace(Snapshot snapshot, Uri? browser)
    {
        if (browser is null)
        {
            return snapshot;
        }

        var from = snapshot.Outpost.PublicUrl;
        var to = browser.AbsoluteUri;
        return snapshot with
        {
            Outpost = snapshot.Outpost with { PublicUrl = to },
            Applications =
            [
                .. snapshot.Applications.Select(application => application with
                {
                    Provider = application.Provider with
                    {
                        AuthorizationUrl = Move(application.Provider.AuthorizationUrl, from, to),
                        EndSessionUrl = Move(application.Provider.EndSessionUrl, from, to),
                    },
                }),
            ],
        };
    }

    private static string Move(string address, string from, string to) =>
        from.Length > 0 && address.StartsWith(from, StringComparison.OrdinalIgnoreCase) ? to + address[from.Length..] : address;
}
