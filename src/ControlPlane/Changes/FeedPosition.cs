namespace Sidecar.ControlPlane.Changes;

/// <summary>How far somebody has followed the feed.</summary>
/// <param name="Turn">How often the numbers had gone back; positions of different turns cannot be compared.</param>
/// <param name="Newest">The newest number of that turn.</param>
internal readonly record struct FeedPosition(int Turn, long Newest);
