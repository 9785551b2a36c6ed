namespace Sidecar.Outpost.Principals;

/// <summary>Where a principal is read when none is held.</summary>
internal interface IPrincipalSource
{
    Task<PrincipalLookup> GetPrincipalAsync(Guid id, CancellationToken cancel);
}
