using Sidecar.Contracts.Principals;
using Sidecar.Decisions.Groups;

namespace Sidecar.Decisions;

/// <summary>A principal seen through one snapshot: its groups and all their parents, worked out once so that no request has to.</summary>
public sealed class PrincipalFacts
{
    internal PrincipalFacts(Principal principal, CompiledSnapshot snapshot)
    {
        Principal = principal;
        Snapshot = snapshot;
        Groups = snapshot.Groups.ClosureOf(principal.Groups);
    }

    public Principal Principal { get; }

    /// <summary>The only snapshot that these facts hold for.</summary>
    public CompiledSnapshot Snapshot { get; }

    internal GroupSet Groups { get; }
}
