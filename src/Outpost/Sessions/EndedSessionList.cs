namespace Sidecar.Outpost.Sessions;

internal sealed record EndedSessionList(IReadOnlyList<EndedSession> Sessions);
