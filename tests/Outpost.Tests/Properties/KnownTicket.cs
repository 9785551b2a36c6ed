namespace Sidecar.Outpost.Tests.Properties;

/// <summary>A ticket that counts at one application while its session is live, or one that never counts (no person).</summary>
/// <param name="Text">As in the cookie.</param>
/// <param name="Slug">Of the application.</param>
/// <param name="Person">User name.</param>
/// <param name="Until">Unix seconds: from then on it does not count.</param>
internal sealed record KnownTicket(string Text, string Slug, string? Person, long Until);
