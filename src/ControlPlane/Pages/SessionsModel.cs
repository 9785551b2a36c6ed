namespace Sidecar.ControlPlane.Pages;

/// <summary>One session of the user.</summary>
/// <param name="Id">For its form. It opens nothing.</param>
/// <param name="Browser">What the browser says it is.</param>
/// <param name="Address">From where it signed in.</param>
/// <param name="Since">When it signed in.</param>
/// <param name="LastUsed">To within some minutes.</param>
/// <param name="IsOwn">It is the one that asks.</param>
public sealed record SessionEntry(Guid Id, string Browser, string Address, DateTimeOffset Since, DateTimeOffset LastUsed, bool IsOwn);

/// <summary>Where a user is signed in.</summary>
public sealed record SessionsModel(OwnFrame Frame, IReadOnlyList<SessionEntry> Sessions);
