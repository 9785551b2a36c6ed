namespace Sidecar.Load.Mixed;

/// <summary>A group at an application.</summary>
internal sealed record SiteBinding(Guid Key, bool Enabled);
