namespace Sidecar.Fuzz.Targets;

/// <summary>The same input must always lead to the same answer.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override long GetTimestamp() => TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(FuzzScene.Now);
}
