using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Contact;

/// <summary>Notes each verified message, and keeps the last one for the next process.</summary>
internal sealed class ContactKeeper(
    ContactClock clock, StateFolder state, TrustKeeper trust, ServingHolder serving, TimeProvider time, ILogger<ContactKeeper> logger)
{
    // Older on disk than in memory by at most this: a restart then judges a little too strictly, never too mildly.
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private long _written = long.MinValue;

    public void Heard(long controlPlaneUnixMilliseconds)
    {
        var jump = clock.Heard(controlPlaneUnixMilliseconds);
        if (jump != TimeSpan.Zero)
        {
            logger.ClockJumped(jump);
        }

        var written = Volatile.Read(ref _written);
        if (written == long.MinValue || time.GetElapsedTime(written) >= WriteEvery)
        {
            Write();
        }
    }

    public void Write()
    {
        if (trust.Pinned is not { } pinned || !clock.HasHeard)
        {
            return;
        }

        Volatile.Write(ref _written, time.GetTimestamp());
        var wall = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)clock.Age.TotalMilliseconds;
        var controlPlane = clock.ControlPlaneUnixMilliseconds - (long)clock.Age.TotalMilliseconds;
        var record = new ContactRecord(wall, controlPlane, pinned.Epoch, serving.Current?.Compiled.Source.Revision ?? 0);
        state.Write(StateFiles.Contact, record, StateJson.Default.ContactRecord);
    }

    public ContactRecord? Restore()
    {
        if (state.Read(StateFiles.Contact, StateJson.Default.ContactRecord) is not { } record)
        {
            return null;
        }

        var age = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - record.Wall);
        if (age < -Tolerance)
        {
            logger.ClockWentBack(-age);
            return record;
        }

        age = age < TimeSpan.Zero ? TimeSpan.Zero : age;
        clock.Restore(age, record.ControlPlane + (long)age.TotalMilliseconds);
        return record;
    }
}
