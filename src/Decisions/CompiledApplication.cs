using System.Security.Cryptography;
using System.Text;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions.Bindings;
using Sidecar.Decisions.Groups;
using Sidecar.Decisions.Hosts;

namespace Sidecar.Decisions;

/// <summary>An application, ready to be asked.</summary>
public sealed class CompiledApplication
{
    private const string CookiePrefix = "authentik_proxy_";

    internal CompiledApplication(ApplicationRecord record, int index, CompiledSnapshot snapshot, PathRules publicPaths)
    {
        Record = record;
        Index = index;
        Snapshot = snapshot;
        PublicPaths = publicPaths;
        External = ExternalHost.TryParse(record.Provider.ExternalHost);
        CookieDomain = record.Provider.Mode == ProviderMode.Domain ? Hosts.CookieDomain.TryParse(record.Provider.CookieDomain) ?? "" : "";
        Bindings = new BindingList(record.Bindings, record.BindingMode, snapshot.Groups);
        CookieName = CookiePrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.Provider.ClientId)).AsSpan(0, 4));
    }

    public ApplicationRecord Record { get; }

    public ProviderRecord Provider => Record.Provider;

    /// <summary>Name of the ticket's cookie.</summary>
    public string CookieName { get; }

    /// <summary>Place in <see cref="CompiledSnapshot.Applications"/>.</summary>
    public int Index { get; }

    /// <summary>Whether people come by https. An external host that cannot be read counts as https: its cookies are then Secure.</summary>
    public bool IsHttps => External?.IsHttps ?? true;

    /// <summary>The domain that all its hosts lie in, in lower case without outer dots; empty in single mode, and when it is none that a browser would keep a cookie for.</summary>
    public string CookieDomain { get; }

    internal CompiledSnapshot Snapshot { get; }

    internal PathRules PublicPaths { get; }

    internal BindingList Bindings { get; }

    internal ExternalHost? External { get; }

    /// <summary>
    /// The names of the person's groups and their parents, as far as the provider's choice goes, joined by <c>|</c>. Allocates: to be kept with the
    /// ticket.
    /// </summary>
    public string GroupsFor(PrincipalFacts principal) => GroupNames.Join(this, principal);
}
