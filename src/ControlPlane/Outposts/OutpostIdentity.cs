namespace Sidecar.ControlPlane.Outposts;

/// <summary>The outpost whose token came with a request.</summary>
internal sealed record OutpostIdentity(Guid Id, string Name);
