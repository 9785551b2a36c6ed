using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// Tells that identity headers came with requests and were ignored. Where a proxy in front sends them, each request has them: one line a minute, with the number
/// of requests since the last one, says the same as a line for each.
/// </summary>
internal sealed class IgnoredIdentity(TimeProvider time, ILogger<IgnoredIdentity> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _requests;
    private long _quietUntil = long.MinValue;

    public void Saw(string header, Dialect dialect, HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var now = time.GetTimestamp();
        var quietUntil = Volatile.Read(ref _quietUntil);
        if (now < quietUntil || Interlocked.CompareExchange(ref _quietUntil, now + (long)(Pause.TotalSeconds * time.TimestampFrequency), quietUntil) != quietUntil)
        {
            return;
        }

        logger.IdentityIgnored(Interlocked.Exchange(ref _requests, 0), header, Refuser.NameOf(dialect), Refuser.PeerOf(context));
    }
}
