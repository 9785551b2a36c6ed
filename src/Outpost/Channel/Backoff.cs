using System.Security.Cryptography;

namespace Sidecar.Outpost.Channel;

/// <summary>How long to wait before connecting again. Outposts of one control plane must not come back all at once.</summary>
internal static class Backoff
{
    private const int FirstMilliseconds = 100;
    private const int MostMilliseconds = 5_000;

    public static TimeSpan Of(int failures)
    {
        var most = Math.Min(MostMilliseconds, FirstMilliseconds << Math.Min(failures, 10));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1));
    }
}
