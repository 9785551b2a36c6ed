using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Sidecar.Load.Mixed;

/// <summary>What was seen: answers by status, those that were wrong, and how long they took.</summary>
internal sealed class Findings(Action<string> say)
{
    private const int KeptTexts = 20;

    // A bucket is 100 µs; what takes longer than all of them is in the last.
    private const int Buckets = 100_000;
    private const double BucketMicroseconds = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly long[] _times = new long[Buckets];
    private readonly List<string> _texts = [];

    public long Checks { get; private set; }

    /// <summary>Those for which one answer alone was right.</summary>
    public long Judged { get; private set; }

    public long WithCredential { get; private set; }

    /// <summary>Answers that the state no longer allowed, or did not allow yet.</summary>
    public long WrongOnes { get; private set; }

    /// <summary>5xx, 429 and no answer: never right.</summary>
    public long Failures { get; private set; }

    /// <summary>Seconds after the API's answer to a change at which the last wrong answer was given.</summary>
    public double Latest { get; private set; }

    public IReadOnlyDictionary<int, long> Statuses => _statuses;

    public IReadOnlyList<string> Texts => _texts;

    public void Answered(HttpStatusCode status, long took, bool isJudged, bool isCredential)
    {
        var bucket = (int)Math.Min(took * 1e6 / Stopwatch.Frequency / BucketMicroseconds, Buckets - 1);
        lock (_lock)
        {
            Checks++;
            Judged += isJudged ? 1 : 0;
            WithCredential += isCredential ? 1 : 0;
            _statuses[(int)status] = _statuses.GetValueOrDefault((int)status) + 1;
            _times[bucket]++;
        }
    }

    public void Failed(string text)
    {
        lock (_lock)
        {
            Failures++;
            Keep(text);
        }
    }

    /// <param name="text">What was answered to whom.</param>
    /// <param name="seconds">After the API's answer to the change that made it wrong.</param>
    public void Wrong(string text, double seconds)
    {
        lock (_lock)
        {
            WrongOnes++;
            Latest = Math.Max(Latest, Math.Round(seconds, 2));
            Keep(string.Create(CultureInfo.InvariantCulture, $"{text}, {seconds:0.00} s after the change"));
        }
    }

    /// <summary>Milliseconds that the given part of the answers took at most, to a tenth.</summary>
    public double PercentileMilliseconds(double part)
    {
        lock (_lock)
        {
            var (wanted, seen) = ((long)(Checks * part), 0L);
            var bucket = 0;
            while (bucket < Buckets - 1 && (seen += _times[bucket]) <= wanted)
            {
                bucket++;
            }

            return (bucket + 1) * BucketMicroseconds / 1000;
        }
    }

    private void Keep(string text)
    {
        if (_texts.Count < KeptTexts)
        {
            _texts.Add(text);
            say(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {text}"));
        }
    }
}
