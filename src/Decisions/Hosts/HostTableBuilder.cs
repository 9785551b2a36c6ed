using System.Collections.Frozen;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Hosts;

/// <summary>Gathers what every application claims, when a snapshot arrives.</summary>
internal sealed class HostTableBuilder(List<string> problems)
{
    private readonly Dictionary<string, HostClaims> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CompiledApplication?> _domains = new(StringComparer.OrdinalIgnoreCase);

    public void Add(CompiledApplication application)
    {
        if (application.External is { } external)
        {
            AddHost(application, external);
        }
        else
        {
            problems.Add($"application {application.Record.Slug}: external host '{application.Provider.ExternalHost}' is not scheme://host[:port]; it answers no host of its own");
        }

        if (application.Provider.Mode == ProviderMode.Domain)
        {
            AddDomain(application);
        }
    }

    public HostTable Build() => new(_hosts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), _domains.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

    private void AddHost(CompiledApplication application, ExternalHost external)
    {
        if (!_hosts.TryGetValue(external.Host, out var claims))
        {
            _hosts.Add(external.Host, claims = new HostClaims());
        }

        var single = application.Provider.Mode != ProviderMode.Domain;
        var free = claims.TryAdd(external.Port, application, single);

        // The default port of the scheme may be left out (RFC 3986 section 3.2.3).
        free &= !external.IsDefaultPort || claims.TryAdd(0, application, single);
        if (!free)
        {
            problems.Add($"application {application.Record.Slug}: host of {application.Provider.ExternalHost} is claimed by another application too; it is refused until one gives it up");
        }
    }

    private void AddDomain(CompiledApplication application)
    {
        if (CookieDomain.TryParse(application.Provider.CookieDomain) is not { } domain)
        {
            problems.Add($"application {application.Record.Slug}: cookie domain '{application.Provider.CookieDomain}' is not a domain of two labels or more; only its external host is answered");
        }
        else if (!_domains.TryAdd(domain, application))
        {
            _domains[domain] = null;
            problems.Add($"application {application.Record.Slug}: cookie domain {domain} is claimed by another application too; it is refused until one gives it up");
        }
    }
}
