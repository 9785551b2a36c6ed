using Microsoft.Extensions.Time.Testing;
using Sidecar.Outpost.Contact;

namespace Sidecar.Outpost.Tests.Contact;

public sealed class ContactClockTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));

    [Fact]
    public void Without_any_contact_everything_is_stale() => Assert.True(Clock().IsStale(strict: false));

    [Fact]
    public void A_strict_application_is_stale_after_a_minute_and_the_others_after_the_configured_time()
    {
        var clock = Clock();
        clock.Heard(1_000_000_000);

        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(clock.IsStale(strict: true));
        Assert.False(clock.IsStale(strict: false));

        _time.Advance(TimeSpan.FromHours(12));
        Assert.True(clock.IsStale(strict: false));

        clock.Heard(1_000_000_000);
        Assert.False(clock.IsStale(strict: true));
    }

    [Fact]
    public void The_control_planes_clock_goes_on_by_the_monotonic_one()
    {
        var clock = Clock();
        clock.Heard(5_000_000_000);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(5_000_010, clock.ControlPlaneUnixSeconds);
    }

    [Fact]
    public void A_jump_is_told_and_a_network_delay_is_not()
    {
        var clock = Clock();
        Assert.Equal(TimeSpan.Zero, clock.Heard(5_000_000_000));
        Assert.Equal(TimeSpan.Zero, clock.Heard(5_000_000_300));
        Assert.Equal(TimeSpan.FromSeconds(60), clock.Heard(5_000_060_300));
    }

    [Fact]
    public void Without_a_control_plane_nothing_gets_stale()
    {
        var clock = new ContactClock(_time, TimeSpan.MaxValue);
        clock.Restore(TimeSpan.Zero, 0);

        _time.Advance(TimeSpan.FromDays(30));

        Assert.False(clock.IsStale(strict: true));
    }

    private ContactClock Clock() => new(_time, TimeSpan.FromHours(12));
}
