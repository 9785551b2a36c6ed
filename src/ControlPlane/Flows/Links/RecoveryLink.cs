namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>A link that opens a recovery flow for one user.</summary>
/// <param name="Url">Whole, with its secret.</param>
/// <param name="Until">When it ends.</param>
internal sealed record RecoveryLink(string Url, DateTimeOffset Until);
