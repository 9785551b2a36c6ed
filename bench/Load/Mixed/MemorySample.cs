namespace Sidecar.Load.Mixed;

/// <param name="Minute">Since the beginning.</param>
/// <param name="Megabytes">Resident, in millions of bytes.</param>
internal sealed record MemorySample(double Minute, double Megabytes);
