using System.Collections.Concurrent;
using Sidecar.Decisions;

namespace Sidecar.Outpost.Telemetry;

/// <summary>
/// Durations under authentik's name, by host, method and type. A host is only ever one of a configured application, and at most so many of them: what
/// a stranger sends makes no label.
/// </summary>
internal sealed class RequestTimes
{
    private const int MaxHosts = 200;
    private const string OtherHost = "";
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "other"];
    private static readonly string[] Kinds = ["app", "ping"];

    // Two: a provider's host may change its scheme, and the label has none.
    private readonly ConcurrentDictionary<string, Histogram?[]> _byExternalHost = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Histogram?[]> _byHost = new(StringComparer.Ordinal);
    private readonly Histogram?[] _others = NewTimes(OtherHost);
    private int _hosts;

    public IEnumerable<(string Host, string Method, string Kind, Histogram Times)> All =>
        from host in _byHost.Append(new(OtherHost, _others))
        from index in Enumerable.Range(0, host.Value.Length)
        let times = host.Value[index]
        where times is not null
        select (host.Key, Methods[index / Kinds.Length], Kinds[index % Kinds.Length], times);

    public void Add(CompiledApplication? application, string method, RequestKind kind, long elapsedTicks)
    {
        var times = application is null ? _others : TimesOf(application.Provider.ExternalHost);
        var index = (IndexOf(method) * Kinds.Length) + (int)kind;
        var histogram = Volatile.Read(ref times[index]);
        if (histogram is null)
        {
            Interlocked.CompareExchange(ref times[index], new Histogram(), null);
            histogram = times[index]!;
        }

        histogram.Observe(elapsedTicks);
    }

    private static int IndexOf(string method)
    {
        for (var i = 0; i < Methods.Length - 1; i++)
        {
            if (method.Equals(Methods[i], StringComparison.Ordinal))
            {
                return i;
            }
        }

        return Methods.Length - 1;
    }

    private Histogram?[] TimesOf(string externalHost)
    {
        if (_byExternalHost.TryGetValue(externalHost, out var times))
        {
            return times;
        }

        if (Volatile.Read(ref _hosts) >= MaxHosts)
        {
            return _others;
        }

        times = _byHost.GetOrAdd(NameOf(externalHost), NewTimes);
        if (_byExternalHost.TryAdd(externalHost, times))
        {
            Interlocked.Increment(ref _hosts);
        }

        return times;
    }

    // authentik's label has no scheme.
    private static string NameOf(string externalHost) => Uri.TryCreate(externalHost, UriKind.Absolute, out var address) ? address.Authority : externalHost;

    private static Histogram?[] NewTimes(string host) => new Histogram?[Methods.Length * Kinds.Length];
}
