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

        Assert.Equal(PasswordVerdict.Right, await work.CompareAsync(hash, "correct horse", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync(hash, "correct horsf", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync(hash, "", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync(null, "correct horse", TestContext.Current.CancellationToken));
        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync(hash, new string('x', PasswordWork.MaxLength + 1), TestContext.Current.CancellationToken));
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("plain text")]
    public async Task A_damaged_hash_opens_nothing(string stored)
    {
        using var work = new PasswordWork();

        Assert.Equal(PasswordVerdict.Wrong, await work.CompareAsync(stored, stored, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_flood_is_turned_away_before_it_takes_memory()
    {
        using var work = new PasswordWork(atOnce: 1, waiting: 1);
        var hash = PasswordHasher.Hash("x");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => work.CompareAsync(hash, "wrong", TestContext.Current.CancellationToken))));

        Assert.DoesNotContain(PasswordVerdict.Right, verdicts);
        Assert.Contains(PasswordVerdict.Wrong, verdicts);
        Assert.Equal(PasswordVerdict.Right, await work.CompareAsync(hash, "x", TestContext.Current.CancellationToken));
    }
}
