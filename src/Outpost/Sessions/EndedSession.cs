namespace Sidecar.Outpost.Sessions;

/// <param name="Sid">The session.</param>
/// <param name="EndedAt">Unix seconds by this machine's wall clock.</param>
/// <param name="Delivered">Whether the control plane knows.</param>
internal sealed record EndedSession(Guid Sid, long EndedAt, bool Delivered);
