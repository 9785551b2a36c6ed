using Sidecar.Contracts.Principals;

namespace Sidecar.Outpost.Principals;

/// <summary>
/// One row of the table; replaced, never changed. A row without a principal is a floor: an answer that was already under way when the change
/// was told must not bring the old principal back.
/// </summary>
/// <remarks>A class, not a record: rows are exchanged by reference.</remarks>
internal sealed class HeldPrincipal(Principal? principal, long required, long notedAt)
{
    public Principal? Principal { get; } = principal;

    /// <summary>A copy below this revision must not decide.</summary>
    public long Required { get; } = required;

    /// <summary>Monotonic, for dropping floors that no answer under way can be older than.</summary>
    public long NotedAt { get; } = notedAt;

    /// <summary>Second chance when the table is full. Written only while false, so that readers share the cache line.</summary>
    public bool Touched { get; set; }

    public bool IsCurrent => Principal is { } principal && principal.Revision >= Required;
}
