namespace Sidecar.Outpost.Contact;

/// <summary>One look at the <see cref="ContactClock"/>.</summary>
/// <param name="Age">Time since the last verified message; <see cref="TimeSpan.MaxValue"/> when there never was one.</param>
/// <param name="UnixMilliseconds">The control plane's clock.</param>
internal readonly record struct ContactMoment(TimeSpan Age, long UnixMilliseconds)
{
    public long UnixSeconds => UnixMilliseconds / 1000;
}
