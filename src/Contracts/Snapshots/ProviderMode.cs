namespace Sidecar.Contracts.Snapshots;

/// <summary>authentik's <c>forward_single</c> and <c>forward_domain</c>.</summary>
public enum ProviderMode : byte
{
    // Single is zero: the narrower of the two.
    Single = 0,
    Domain = 1,
}
