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

    private readonly ConcurrentDictionary<string, Histogram?[]> _byHost = new(StringComparer.Ordinal);

    public IEnumerable<(string Host, string Method, string Kind, Histogram Times)> All =>
        from host in _byHost
        from index in Enumerable.Range(0, host.Value.Length)
        let times = host.Value[index]
        where times is not null
        select (host.Key, Methods[index / 3], KindOf(index % 3), times);

    public void Add(CompiledApplication? application, string method, RequestKind kind, long elapsedTicks)
    {
        var host = application?.Provider.ExternalHost ?? OtherHost;
        if (!_byHost.TryGetValue(host, out var times))
        {
            times = _byHost.GetOrAdd(_byHost.Count < MaxHosts ? host : OtherHost, static _ => new Histogram?[Methods.Length * 3]);
        }

        var index = (IndexOf(method) * 3) + (int)kind;
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

    private static string KindOf(int kind) => kind switch { 0 => "app", 1 => "ping", _ => "static" };
}
