namespace Sidecar.Load.Mixed;

/// <summary>What the state says of one person at one site. Another object, another state.</summary>
/// <param name="Allowed">With a proof that is live.</param>
/// <param name="SettledAt"><see cref="World.Now"/> from which on nothing else may be answered.</param>
internal sealed record Outlook(bool Allowed, long SettledAt);
