using Sidecar.Contracts.Principals;

namespace Sidecar.Outpost.Principals;

/// <summary>How asking the control plane for a principal ended.</summary>
internal readonly record struct PrincipalLookup(PrincipalLookupStatus Status, Principal? Principal)
{
    public static PrincipalLookup Unknown => new(PrincipalLookupStatus.Unknown, null);

    public static PrincipalLookup Found(Principal principal) => new(PrincipalLookupStatus.Found, principal);
}
