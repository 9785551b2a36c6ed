using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Hosts;

/// <summary>Gathers what every application claims, when a snapshot arrives.</summary>
internal sealed class HostTableBuilder(List<string> problems)
{
    // Names are in lower case already.
    private readonly Dictionary<(string Name, int Port), int> _claims = [];

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

    public HostTable Build() => new(new ClaimTable(_claims));

    private void AddHost(CompiledApplication application, ExternalHost external)
    {
        var free = TryClaim(external.Host, external.Port, application);

        // The default port of the scheme may be left out (RFC 3986 section 3.2.3).
        free &= !external.IsDefaultPort || TryClaim(external.Host, 0, application);

        // A domain application must then not answer the other ports: its bindings may be wider, and one more port at the proxy would open the narrower
        // application's service through them.
        if (application.CookieDomain.Length == 0)
        {
            _claims[(external.Host, ClaimTable.AnyPortOfSingle)] = HostTable.None;
        }

        if (!free)
        {
            problems.Add($"application {application.Record.Slug}: host of {application.Provider.ExternalHost} is claimed by another application too; it is refused until one gives it up");
        }
    }

    private void AddDomain(CompiledApplication application)
    {
        if (application.CookieDomain.Length == 0)
        {
            problems.Add($"application {application.Record.Slug}: cookie domain '{application.Provider.CookieDomain}' is not a domain of two labels or more; only its external host is answered");
        }
        else if (!TryClaim(application.CookieDomain, ClaimTable.Domain, application))
        {
            problems.Add($"application {application.Record.Slug}: cookie domain {application.CookieDomain} is claimed by another application too; it is refused until one gives it up");
        }
    }

    /// <returns>False when another application has it; nobody has it then.</returns>
    private bool TryClaim(string name, int port, CompiledApplication application)
    {
        if (_claims.TryAdd((name, port), application.Index))
        {
            return true;
        }

        _claims[(name, port)] = HostTable.None;
        return false;
    }
}
