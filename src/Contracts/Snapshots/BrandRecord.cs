namespace Sidecar.Contracts.Snapshots;

/// <summary>How the outpost's own pages look. Nothing is loaded from elsewhere.</summary>
public sealed record BrandRecord
{
    public required string Title { get; init; }

    /// <summary>A <c>data:image/…</c> URI of at most 64 KB, or empty for the built-in logo.</summary>
    public string Logo { get; init => field = value ?? ""; } = "";
}
