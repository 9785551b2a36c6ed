using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Passwords;

namespace Sidecar.ControlPlane.Tests.Passwords;

public sealed class PasswordWorkTests
{
    [Fact]
    public async Task Only_the_password_is_right()
    {
        using var work = new PasswordWork();
        var hash = await work.HashAsync("correct horse", TestContext.Current.CancellationToken);

        Assert.Equal(PasswordVerdict.Right, await work.CompareAsync("ana", hash, "correct horse", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync("ana", hash, "correct horsf", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync("ana", hash, "", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync("ana", null, "correct horse", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync("ana", hash, new string('x', PasswordWork.MaxLength + 1), TestContext.Current.CancellationToken));
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("plain text")]
    public async Task A_damaged_hash_opens_nothing(string stored)
    {
        using var work = new PasswordWork();

        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync("ana", stored, stored, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_flood_is_turned_away_before_it_takes_memory()
    {
        using var work = new PasswordWork(atOnce: 1, waiting: 1);
        var hash = PasswordHasher.Hash("x");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(guess => Task.Run(() => work.CompareAsync("ana", hash, $"wrong {guess}", TestContext.Current.CancellationToken))));

        Assert.DoesNotContain(PasswordVerdict.Right, verdicts);
        Assert.Contains(PasswordVerdict.Wrong, verdicts);
        Assert.Equal(PasswordVerdict.Right, await work.CompareAsync("ana", hash, "x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Equal_comparisons_at_the_same_moment_are_done_once()
    {
        // One at a time and none waiting: a second computation would be turned away.
        using var work = new PasswordWork(atOnce: 1, waiting: 0);
        var hash = PasswordHasher.Hash("x");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => work.CompareAsync("ana", hash, "x", TestContext.Current.CancellationToken)));

        Assert.All(verdicts, verdict => Assert.Equal(PasswordVerdict.Right, verdict));
    }

    [Theory]
    [InlineData("ana", "y")]
    [InlineData("bob", "x")]
    public async Task What_differs_is_compared_by_itself(string name, string password)
    {
        using var work = new PasswordWork(atOnce: 1, waiting: 1);
        var hash = PasswordHasher.Hash("x");

        var verdicts = await Task.WhenAll(
            work.CompareAsync("ana", hash, "x", TestContext.Current.CancellationToken), work.CompareAsync(name, name == "ana" ? hash : null, password, TestContext.Current.CancellationToken));

        Assert.Equal([PasswordVerdict.Right, PasswordVerdict.Wrong], verdicts);
    }

    [Fact]
    public async Task Somebody_who_goes_away_takes_nobody_elses_answer_along()
    {
        using var work = new PasswordWork();
        using var gone = new CancellationTokenSource();
        var hash = PasswordHasher.Hash("x");

        var first = work.CompareAsync("ana", hash, "x", gone.Token);
        var second = work.CompareAsync("ana", hash, "x", TestContext.Current.CancellationToken);
        await gone.CancelAsync();

        Assert.Equal(PasswordVerdict.Right, await second);
        await first.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
