namespace Sidecar.Outpost.Contact;

/// <summary>
/// How long ago the control plane was heard, and what its clock says now. Both run on the monotonic clock, so that nobody who moves the machine's
/// time makes old rules look fresh or a ticket live longer.
/// </summary>
/// <param name="time">The monotonic clock.</param>
/// <param name="maxStale"><see cref="TimeSpan.MaxValue"/> without a control plane: then nothing is ever stale.</param>
internal sealed class ContactClock(TimeProvider time, TimeSpan maxStale)
{
    /// <summary>Without contact for this long a strict application is refused.</summary>
    public static readonly TimeSpan StrictLimit = TimeSpan.FromSeconds(60);

    // Beyond what a network delays: somebody set a clock, here or there.
    private const long JumpMilliseconds = 5_000;

    private readonly TimeSpan _strict = maxStale < StrictLimit || maxStale == TimeSpan.MaxValue ? maxStale : StrictLimit;

    // One immutable value behind one reference: age and offset are always of the same message.
    private volatile Reading _last = new(time.GetTimestamp(), TimeSpan.MaxValue, time.GetUtcNow().ToUnixTimeMilliseconds(), Heard: false);

    /// <summary>Time since the last verified message; <see cref="TimeSpan.MaxValue"/> when there never was one.</summary>
    public TimeSpan Age => Read().Age;

    /// <summary>Whether this process itself has heard the control plane (not an earlier one, from its state).</summary>
    public bool HasHeard => _last.Heard;

    public long ControlPlaneUnixMilliseconds => Read().UnixMilliseconds;

    /// <summary>Tickets, states and credentials expire by this clock.</summary>
    public long ControlPlaneUnixSeconds => Read().UnixSeconds;

    public DateTimeOffset ControlPlaneNow => DateTimeOffset.FromUnixTimeMilliseconds(ControlPlaneUnixMilliseconds);

    /// <summary>True: refuse, with reason <c>stale</c>.</summary>
    public bool IsStale(bool strict) => IsStale(Read(), strict);

    /// <summary>As the other, at a moment that was read before.</summary>
    public bool IsStale(in ContactMoment moment, bool strict) => moment.Age > (strict ? _strict : maxStale);

    /// <summary>Age and time at once, for the price of one look at the clock.</summary>
    public ContactMoment Read()
    {
        var last = _last;
        var elapsed = time.GetElapsedTime(last.Timestamp);
        return new ContactMoment(
            last.AgeThen == TimeSpan.MaxValue ? TimeSpan.MaxValue : last.AgeThen + elapsed,
            last.ControlPlaneThen + (elapsed.Ticks / TimeSpan.TicksPerMillisecond));
    }

    /// <summary>A verified message came, and told the control plane's time.</summary>
    /// <returns>By how much that clock moved against ours, when that is more than a network explains; else zero.</returns>
    public TimeSpan Heard(long controlPlaneUnixMilliseconds)
    {
        var jump = controlPlaneUnixMilliseconds - ControlPlaneUnixMilliseconds;
        var known = _last.Heard;
        _last = new Reading(time.GetTimestamp(), TimeSpan.Zero, controlPlaneUnixMilliseconds, Heard: true);
        return known && Math.Abs(jump) > JumpMilliseconds ? TimeSpan.FromMilliseconds(jump) : TimeSpan.Zero;
    }

    /// <summary>What an earlier process last heard. Has no effect once this one has heard something itself.</summary>
    public void Restore(TimeSpan age, long controlPlaneNow)
    {
        if (!_last.Heard)
        {
            _last = new Reading(time.GetTimestamp(), age, controlPlaneNow, Heard: false);
        }
    }

    /// <param name="Timestamp">Monotonic, when this was noted.</param>
    /// <param name="AgeThen">How old the contact was at that moment.</param>
    /// <param name="ControlPlaneThen">The control plane's clock at that moment.</param>
    /// <param name="Heard">By this process.</param>
    private sealed record Reading(long Timestamp, TimeSpan AgeThen, long ControlPlaneThen, bool Heard);
}
