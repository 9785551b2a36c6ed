namespace Sidecar.Outpost.Tests.Properties;

/// <summary>A ticket that counts at one application while its session is live, or one that never counts (no person).</summary>
internal sealed record KnownTicket(string Text, string Slug, string? Person);
