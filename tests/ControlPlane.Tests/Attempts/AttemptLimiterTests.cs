using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Attempts;

public sealed class AttemptLimiterTests(PostgresFixture postgres)
{
    private static readonly IPAddress Peer = IPAddress.Parse("203.0.113.9");

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task After_ten_guesses_an_account_must_wait_and_a_success_forgets_them(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var limiter = plane.Services.GetRequiredService<AttemptLimiter>();
        for (var i = 0; i < AttemptLimits.FreePerAccount; i++)
        {
            Assert.True((await limiter.BeginAsync("account:a", Peer, TestContext.Current.CancellationToken)).Allowed);
        }

        var refused = await limiter.BeginAsync("account:a", Peer, TestContext.Current.CancellationToken);
        Assert.False(refused.Allowed);
        Assert.InRange(refused.Wait, TimeSpan.FromSeconds(1), AttemptLimits.FirstWait);
        Assert.True((await limiter.BeginAsync("account:b", Peer, TestContext.Current.CancellationToken)).Allowed);

        await limiter.SucceededAsync("account:a", Peer, TestContext.Current.CancellationToken);
        Assert.True((await limiter.BeginAsync("account:a", Peer, TestContext.Current.CancellationToken)).Allowed);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Guesses_sent_at_once_all_count(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var limiter = plane.Services.GetRequiredService<AttemptLimiter>();

        var permits = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => limiter.BeginAsync("account:a", Peer, TestContext.Current.CancellationToken)));

        Assert.InRange(permits.Count(permit => permit.Allowed), 1, AttemptLimits.FreePerAccount);
    }

    [Fact]
    public async Task An_address_must_wait_whatever_names_it_tries()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        var limiter = plane.Services.GetRequiredService<AttemptLimiter>();
        for (var i = 0; i < AttemptLimits.FreePerAddress; i++)
        {
            await limiter.BeginAsync($"account:{i}", Peer, TestContext.Current.CancellationToken);
        }

        Assert.False((await limiter.BeginAsync("account:another", Peer, TestContext.Current.CancellationToken)).Allowed);
        Assert.True((await limiter.BeginAsync("account:another", IPAddress.Parse("203.0.113.10"), TestContext.Current.CancellationToken)).Allowed);
    }

    [Fact]
    public void One_customer_of_IPv6_is_one_address() =>
        Assert.Equal(AttemptKey.Of(IPAddress.Parse("2001:db8:1:2::1")), AttemptKey.Of(IPAddress.Parse("2001:db8:1:2:ffff::2")));

    [Fact]
    public async Task A_locked_name_answers_the_same_whether_it_exists_or_not_and_no_spelling_escapes()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana", "ana@example.com");
        await FailAsync(host, "ana");
        await FailAsync(host, "nobody");

        var known = await TryAsync(host, "ANA@example.com", FlowHost.Password);
        var unknown = await TryAsync(host, " Nobody", FlowHost.Password);

        Assert.Contains("Too many attempts. Try again in 1 minute.", known.Text, StringComparison.Ordinal);
        Assert.Contains("Too many attempts. Try again in 1 minute.", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_lock_survives_a_restart_and_ends_by_itself()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await FailAsync(host, "ana");
        await host.RestartAsync();
        Assert.Contains("Too many attempts", (await TryAsync(host, "ana", FlowHost.Password)).Text, StringComparison.Ordinal);

        await host.EditAsync(context => context.Attempts.ForEachAsync(attempt => attempt.BlockedUntil = TimeProvider.System.GetUtcNow().AddSeconds(-1)));

        Assert.Equal("/if/user/", (await TryAsync(host, "ana", FlowHost.Password)).Address.AbsolutePath);
    }

    private static async Task FailAsync(FlowHost host, string name)
    {
        for (var i = 0; i < AttemptLimits.FreePerAccount; i++)
        {
            await TryAsync(host, name, "wrong");
        }
    }

    private static async Task<Page> TryAsync(FlowHost host, string name, string password)
    {
        using var browser = FlowHost.NewBrowser();
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", name));
        return await browser.FillAsync(page, ("password", password));
    }
}
