using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Principals;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tickets;

namespace Sidecar.ControlPlane.Tests.Tickets;

public sealed class TicketKeyRotationTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Outposts_know_a_ticket_key_from_before_its_first_ticket_to_after_its_last(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var ring = await RingAsync(plane, time);
        var first = ring.Current(KeyPurpose.Ticket).Kid;

        time.Advance(TicketKeyRotation.Age - TimeSpan.FromHours(1));
        await RotateAsync(plane, ring, time);
        Assert.Equal([first], await PublishedAsync(plane, time));

        time.Advance(TimeSpan.FromHours(2));
        await RotateAsync(plane, ring, time);
        var published = await PublishedAsync(plane, time);
        Assert.Equal(2, published.Count);
        Assert.Equal(first, (await TicketAsync(plane, scene, ring, time)).Kid);

        time.Advance(KeyRing.Lead - TimeSpan.FromMinutes(1));
        var last = await TicketAsync(plane, scene, ring, time);
        Assert.Equal(first, last.Kid);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(published[1], (await TicketAsync(plane, scene, ring, time)).Kid);

        time.SetUtcNow(last.ValidTo);
        Assert.Equal(published, await PublishedAsync(plane, time));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([published[1]], await PublishedAsync(plane, time));
    }

    [Fact]
    public async Task Two_replicas_make_one_key()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, Scene.Environment);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (one, two) = (await RingAsync(plane, time), await RingAsync(plane, time));
        time.Advance(TicketKeyRotation.Age + TimeSpan.FromHours(1));

        await Task.WhenAll(RotateAsync(plane, one, time), RotateAsync(plane, two, time));

        Assert.Equal(2, one.All(KeyPurpose.Ticket).Count);
        Assert.Equal(one.All(KeyPurpose.Ticket).Select(key => key.Kid), two.All(KeyPurpose.Ticket).Select(key => key.Kid));
    }

    [Fact]
    public async Task The_key_stays_for_the_longest_ticket_that_a_provider_gives()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var ring = await RingAsync(plane, time);
        await SetValidityAsync(plane, "days=3");
        time.Advance(TicketKeyRotation.Age + TimeSpan.FromHours(1));

        await RotateAsync(plane, ring, time);
        await SetValidityAsync(plane, "days=30");

        var old = ring.Current(KeyPurpose.Ticket).Record;
        Assert.Equal(TimeSpan.FromDays(3), old.ExpiresAt - old.RetiredAt);

        // Longer than was thought when the key was replaced: the ticket ends with what verifies it.
        Assert.True((await TicketAsync(plane, scene, ring, time)).ValidTo <= old.ExpiresAt!.Value.UtcDateTime);
    }

    // As another replica has it, whose clock the test turns.
    private static async Task<KeyRing> RingAsync(TestPlane plane, TimeProvider time)
    {
        var ring = new KeyRing(plane.Services.GetRequiredService<Database>(), plane.Services.GetRequiredService<KeyWrap>(), time);
        await ring.ReloadAsync(Cancel);
        return ring;
    }

    private static async Task RotateAsync(TestPlane plane, KeyRing ring, TimeProvider time)
    {
        using var rotation = new TicketKeyRotation(plane.Services.GetRequiredService<Database>(), ring, time, NullLogger<TicketKeyRotation>.Instance);
        await rotation.RotateIfDueAsync(Cancel);
    }

    private static async Task<IReadOnlyList<string>> PublishedAsync(TestPlane plane, TimeProvider time)
    {
        await using var context = plane.Open();
        return [.. (await SnapshotSource.ReadAsync(context, time.GetUtcNow(), Cancel)).TicketKeys.Select(key => key.Kid)];
    }

    private static async Task<JsonWebToken> TicketAsync(TestPlane plane, Scene scene, KeyRing ring, TimeProvider time)
    {
        await using var context = plane.Open();
        var now = time.GetUtcNow();
        var session = context.Sessions.Add(new Session
        {
            UserId = scene.Ana,
            CookieHash = Guid.NewGuid().ToByteArray(),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now.AddDays(60),
            AbsoluteEnd = now.AddDays(60),
            AuthenticatedAt = now,
        }).Entity;
        await context.SaveChangesAsync(Cancel);
        var provider = await context.ProxyProviders.AsNoTracking().SingleAsync(row => row.Id == scene.Provider, Cancel);
        var issuer = new TicketIssuer(context, ring, new PrincipalBuilder(context, time), time);
        return new JsonWebToken((await issuer.IssueAsync(session, provider, scene.Outpost, Cancel))!.Ticket);
    }

    private static async Task SetValidityAsync(TestPlane plane, string validity)
    {
        await using var context = plane.Open();
        (await context.ProxyProviders.SingleAsync(Cancel)).AccessTokenValidity = validity;
        await context.SaveChangesAsync(Cancel);
    }
}
