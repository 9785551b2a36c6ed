namespace Sidecar.Decisions.Hosts;

/// <summary>Which application answers which port of one host.</summary>
internal sealed class HostClaims
{
    private readonly List<(int Port, CompiledApplication? Application)> _claims = [];

    /// <summary>
    /// True when an application in single mode is here, at whatever port. A domain application must then not answer the other ports: its bindings may
    /// be wider, and one more port at the proxy would open the narrower application's service through them.
    /// </summary>
    public bool HoldsSingle { get; private set; }

    /// <returns>False when another application has the port; nobody has it then.</returns>
    public bool TryAdd(int port, CompiledApplication application, bool single)
    {
        HoldsSingle |= single;
        var at = _claims.FindIndex(claim => claim.Port == port);
        if (at < 0)
        {
            _claims.Add((port, application));
            return true;
        }

        _claims[at] = (port, null);
        return false;
    }

    /// <summary>Whether the port is claimed; <paramref name="application"/> is null when it is claimed twice.</summary>
    public bool TryFind(int port, out CompiledApplication? application)
    {
        foreach (var claim in _claims)
        {
            if (claim.Port == port)
            {
                application = claim.Application;
                return true;
            }
        }

        application = null;
        return false;
    }
}
