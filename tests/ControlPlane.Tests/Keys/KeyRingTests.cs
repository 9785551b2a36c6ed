using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Keys;

public sealed class KeyRingTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_old_ticket_key_signs_until_the_new_one_is_known_and_verifies_until_its_tickets_are_over()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        var ring = plane.Services.GetRequiredService<KeyRing>();
        var old = ring.Current(KeyPurpose.Ticket);

        await ring.RotateAsync(KeyPurpose.Ticket, TimeSpan.FromHours(24), DateTimeOffset.MaxValue, Cancel);

        Assert.Equal(old.Kid, ring.Current(KeyPurpose.Ticket).Kid);
        var all = ring.All(KeyPurpose.Ticket);
        Assert.Equal(2, all.Count);
        Assert.Equal(old.Kid, all[0].Kid);
        Assert.True(all[0].Record.ExpiresAt > all[0].Record.RetiredAt + TimeSpan.FromHours(23));
        Assert.Single(ring.All(KeyPurpose.Snapshot));
    }

    [Fact]
    public async Task A_new_snapshot_key_is_vouched_for_by_the_one_before_it()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        var ring = plane.Services.GetRequiredService<KeyRing>();

        await ring.RotateAsync(KeyPurpose.Snapshot, TimeSpan.Zero, DateTimeOffset.MaxValue, Cancel);

        var all = ring.All(KeyPurpose.Snapshot);
        Assert.Equal(2, all.Count);
        Assert.Equal(all[0].Kid, all[1].Record.EndorsedBy);
        Assert.True(KeyEndorsement.Verifies(new EndorsedKey { Key = all[1].Public, Endorsement = all[1].Record.Endorsement }, all[0].Key));
    }

    [Fact]
    public async Task No_private_key_lies_in_the_database_in_clear()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        plane.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("text");
        await using var context = plane.Open();

        var wrap = new KeyWrap("another secret key");
        Assert.All(await context.Keys.ToListAsync(Cancel), key => Assert.Null(wrap.TryUnwrap("key/private", key.PrivateKeyWrapped)));
        var xml = Assert.Single(await context.DataProtectionKeys.ToListAsync(Cancel)).Xml;
        Assert.Contains("wrapped", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_value_opens_only_for_its_purpose_and_whole()
    {
        var wrap = new KeyWrap("secret");
        var wrapped = wrap.Wrap("one", [1, 2, 3]);

        Assert.Equal([1, 2, 3], wrap.TryUnwrap("one", wrapped)!);
        Assert.Null(wrap.TryUnwrap("two", wrapped));
        Assert.Null(wrap.TryUnwrap("one", wrapped.AsSpan(0, wrapped.Length - 1)));
        Assert.Null(wrap.TryUnwrap("one", []));
        wrapped[^1] ^= 1;
        Assert.Null(wrap.TryUnwrap("one", wrapped));
    }
}
