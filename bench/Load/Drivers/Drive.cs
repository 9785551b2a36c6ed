namespace Sidecar.Load.Drivers;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="Requests">Those that were answered.</param>
/// <param name="P50">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
/// <param name="P999">Microseconds.</param>
/// <param name="Errors">Answers other than 2xx, and connections that failed.</param>
internal sealed record Drive(long Requests, double P50, double P99, double P999, long Errors);
