using Sidecar.Decisions;

namespace Sidecar.Outpost.Telemetry;

/// <summary>What is counted. Counting allocates nothing and takes no lock; reading adds up.</summary>
internal sealed class OutpostMetrics
{
    private readonly DecisionCounters _decisions = new();
    private readonly Lock _registering = new();
    private volatile Series[] _registered = [];

    public DecisionCounters Decisions => _decisions;

    public IReadOnlyList<Series> Registered => _registered;

    /// <param name="application">Null: the request came to none.</param>
    /// <param name="method">Of the request that was decided about.</param>
    /// <param name="verdict">What was answered.</param>
    /// <param name="reason">And why.</param>
    /// <param name="elapsedTicks">Of the monotonic clock (<see cref="System.Diagnostics.Stopwatch"/>).</param>
    public void Decided(CompiledApplication? application, string method, Verdict verdict, Reason reason, long elapsedTicks)
    {
        _decisions.Add(verdict, reason, elapsedTicks);
        Requested(application, method, RequestKind.App, elapsedTicks);
    }

    public RequestTimes Requests { get; } = new();

    /// <summary>A request came and went, by authentik's labels. Null: its host is of no application.</summary>
    public void Requested(CompiledApplication? application, string method, RequestKind kind, long elapsedTicks) =>
        Requests.Add(application, method, kind, elapsedTicks);

    /// <summary>A number that only grows and that its owner keeps, for example hits of a cache.</summary>
    public void AddCounter(string name, string help, Func<double> read) => Add(new Series(name, help, "counter", read));

    /// <summary>A number that its owner knows when asked.</summary>
    public void AddGauge(string name, string help, Func<double> read) => Add(new Series(name, help, "gauge", read));

    private void Add(Series series)
    {
        lock (_registering)
        {
            _registered = [.. _registered, series];
        }
    }
}
