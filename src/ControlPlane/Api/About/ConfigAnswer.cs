namespace Sidecar.ControlPlane.Api.About;

/// <summary>The schema's <c>Config</c>. Errors are reported to nobody.</summary>
internal sealed record ConfigAnswer
{
    internal sealed record Reporting(bool Enabled, string SentryDsn, string Environment, bool SendPii, double TracesSampleRate);

    public Reporting ErrorReporting { get; } = new(Enabled: false, SentryDsn: "", Environment: "", SendPii: false, TracesSampleRate: 0);

    public IReadOnlyList<string> Capabilities { get; } = [];

    public int CacheTimeout { get; } = 300;

    public int CacheTimeoutFlows { get; } = 300;

    public int CacheTimeoutPolicies { get; } = 300;
}
