using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Sweeping;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.Sweeping;

public sealed class SweeperTests(PostgresFixture postgres)
{
    // As many as the server keeps take minutes to make and show no more.
    private static readonly SweepBounds Few = new(FlowRuns: 20, FailedSignIns: 30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_expired_session_and_app_password_go_and_outposts_hear_of_it(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind, Scene.Environment);
        var scene = await Scene.BuildAsync(plane);
        var live = await scene.BeginSessionAsync();
        await scene.MakeTokenAsync(TokenIntent.AppPassword, token => token.ExpiresAt = Samples.Now.AddMinutes(-1));
        var (api, _) = await scene.MakeTokenAsync(TokenIntent.Api, token => token.ExpiresAt = Samples.Now.AddMinutes(-1));
        var old = await scene.BeginSessionAsync();
        await using var context = plane.Open();
        (await context.Sessions.SingleAsync(session => session.Id == old.Id, Cancel)).ExpiresAt = Samples.Now.AddMinutes(-1);
        await context.SaveChangesAsync(Cancel);
        var before = (await context.Users.AsNoTracking().SingleAsync(user => user.Id == scene.Ana, Cancel)).Revision;

        await plane.Services.GetRequiredService<Sweeper>().SweepAsync(Cancel);

        Assert.Equal([live.Id], await context.Sessions.AsNoTracking().Select(session => session.Id).ToListAsync(Cancel));
        Assert.Equal([api], await context.Tokens.AsNoTracking().Where(token => token.UserId == scene.Ana).Select(token => token.Id).ToListAsync(Cancel));
        Assert.True((await context.Users.AsNoTracking().SingleAsync(user => user.Id == scene.Ana, Cancel)).Revision > before);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Of_too_many_runs_those_that_passed_nothing_go_first_and_the_oldest_of_them(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var flow = (await context.Flows.FirstAsync(Cancel)).Id;
        var runs = Enumerable.Range(0, Few.FlowRuns + 3).Select(age => new FlowRun
        {
            FlowId = flow,
            BrowserHash = [1],
            Address = "address:192.0.2.1",
            CreatedAt = Samples.Now.AddMilliseconds(-age),
            ExpiresAt = Samples.Now.AddHours(1),
        }).ToList();
        runs[^1].Step = 1;
        context.FlowRuns.AddRange(runs);
        await context.SaveChangesAsync(Cancel);

        await ActivatorUtilities.CreateInstance<Sweeper>(plane.Services, Few).SweepAsync(Cancel);

        var left = await context.FlowRuns.AsNoTracking().Select(run => run.Id).ToListAsync(Cancel);
        Assert.Equal(Few.FlowRuns, left.Count);
        Assert.Empty(left.Intersect(runs[^4..^1].Select(run => run.Id)));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Events_of_more_than_a_year_and_failed_sign_ins_beyond_the_limit_go(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var failed = Enumerable.Range(0, Few.FailedSignIns + 3).Select(age => Event(AuditEvent.FailedSignIn, TimeSpan.FromSeconds(age))).ToList();
        AuditEvent old = Event("login", TimeSpan.FromDays(366)), kept = Event("login", TimeSpan.FromDays(364));
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.AuditEvents.AddRange([.. failed, old, kept]);
        await context.SaveChangesAsync(Cancel);

        await ActivatorUtilities.CreateInstance<Sweeper>(plane.Services, Few).SweepAsync(Cancel);

        var left = await context.AuditEvents.AsNoTracking().Select(audit => audit.Id).ToHashSetAsync(Cancel);
        Assert.DoesNotContain(old.Id, left);
        Assert.Contains(kept.Id, left);
        Assert.Equal(failed[..Few.FailedSignIns].Select(audit => audit.Id), failed.Select(audit => audit.Id).Where(left.Contains));
    }

    private static AuditEvent Event(string action, TimeSpan age) => new() { At = Samples.Now - age, Action = action, App = "sidecar.tests" };
}
