using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Policies.Reputations;
using Sidecar.ControlPlane.Sweeping;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Policies;

public sealed class ReputationBookTests(PostgresFixture postgres)
{
    private static readonly IPAddress Peer = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, -8)]
    [InlineData(5, -8)]
    [InlineData(6, -4)]
    [InlineData(12, -2)]
    [InlineData(23, -1)]
    [InlineData(24, 0)]
    public void A_score_shrinks_with_time(int hours, int score) =>
        Assert.Equal(score, ReputationDecay.At(Samples.Now.AddHours(hours), -8, Samples.Now));

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Refusals_sent_at_once_all_count_and_a_success_takes_back_one_of_its_own(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var book = plane.Services.GetRequiredService<ReputationBook>();
        await using var context = plane.Open();
        var ana = context.Users.Add(Samples.User("ana")).Entity;
        var eve = context.Users.Add(Samples.User("eve")).Entity;
        await context.SaveChangesAsync(Cancel);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => book.RefusedAsync(ana, "ana", Peer, Cancel)));
        for (var i = 0; i < 3; i++)
        {
            await book.SucceededAsync(eve, Peer, Cancel);
        }

        Assert.Equal(-6, await book.SumAsync(AttemptKey.Of(ana), null, Cancel));
        Assert.Equal(-6, await book.SumAsync(null, AttemptKey.Of(Peer), Cancel));
        Assert.Equal(0, await book.SumAsync(AttemptKey.Of(eve), null, Cancel));
        await book.SucceededAsync(ana, Peer, Cancel);
        Assert.Equal(-5, await book.SumAsync(AttemptKey.Of(ana), null, Cancel));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Every_spelling_of_a_name_that_leads_nowhere_is_one_and_is_kept_as_a_hash(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        var book = plane.Services.GetRequiredService<ReputationBook>();
        foreach (var spelling in (string[])["nobody", "NoBody", " nobody ", "\tNOBODY"])
        {
            await book.RefusedAsync(null, spelling, Peer, Cancel);
        }

        await using var context = plane.Open();
        var row = await context.ReputationScores.SingleAsync(Cancel);
        Assert.Equal(-4, row.Score);
        Assert.DoesNotContain("nobody", row.Identifier, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Old_scores_go_and_of_too_many_the_oldest(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        context.ReputationScores.AddRange(Enumerable.Range(0, 8).Select(age => new ReputationScore
        {
            Account = $"account:{age}",
            Address = "address:x",
            Identifier = $"{age}",
            Ip = "192.0.2.1",
            Score = -1,
            UpdatedAt = Samples.Now.AddHours(age == 7 ? -25 : -age),
        }));
        await context.SaveChangesAsync(Cancel);

        await ActivatorUtilities.CreateInstance<Sweeper>(plane.Services, new SweepBounds(Reputations: 4)).SweepAsync(Cancel);

        Assert.Equal(["0", "1", "2", "3"], await context.ReputationScores.AsNoTracking().OrderBy(score => score.Identifier).Select(score => score.Identifier).ToListAsync(Cancel));
    }
}
