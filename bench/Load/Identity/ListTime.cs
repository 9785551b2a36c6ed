namespace Sidecar.Load.Identity;

/// <param name="Question">The address under <c>/api/v3/</c>.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P95">Milliseconds.</param>
internal sealed record ListTime(string Question, double P50, double P95);
