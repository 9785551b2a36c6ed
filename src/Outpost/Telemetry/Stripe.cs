namespace Sidecar.Outpost.Telemetry;

/// <summary>Which copy of a set of counters the calling processor uses.</summary>
internal static class Stripe
{
    public static readonly int Count = Math.Min(Environment.ProcessorCount, 16);

    public static int Current => (int)((uint)Thread.GetCurrentProcessorId() % (uint)Count);
}
