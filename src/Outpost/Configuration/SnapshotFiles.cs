namespace Sidecar.Outpost.Configuration;

/// <summary>Command line of a start without a control plane. A snapshot never brings the key that verifies it, so its key is given too.</summary>
/// <param name="Snapshot">A signed snapshot document.</param>
/// <param name="Key">The public key that must have signed it, a <c>PublicKeyRecord</c> in JSON.</param>
/// <param name="Secrets">A <c>SecretsDocument</c> in JSON; without it nobody can sign in.</param>
/// <param name="Principals">One <c>Principal</c> in JSON a line.</param>
internal sealed record SnapshotFiles(string Snapshot, string Key, string? Secrets, string? Principals);
