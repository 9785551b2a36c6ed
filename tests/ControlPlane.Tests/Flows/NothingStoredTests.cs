using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

/// <summary>Whoever only looks leaves nothing in the database.</summary>
public sealed class NothingStoredTests
{
    [Fact]
    public async Task Looking_at_a_sign_in_page_stores_nothing_however_often()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        for (var i = 0; i < 3; i++)
        {
            using var stranger = FlowHost.NewBrowser();
            Assert.NotNull(HtmlForm.In(await stranger.NavigateAsync(host.At(FlowHost.SignInFlow + "?next=%2F" + i))));
            Assert.Equal(HttpStatusCode.OK, (await stranger.NavigateAsync(host.At(FlowHost.Executor))).Status);
        }

        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        Assert.Equal(0, await CountRunsAsync(host));

        page = await browser.FillAsync(page, ("uid_field", "ana"));
        Assert.Equal(1, await CountRunsAsync(host));

        page = await browser.FillAsync(page, ("password", FlowHost.Password));
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.Equal(0, await CountRunsAsync(host));
    }

    [Fact]
    public async Task A_first_stage_that_a_policy_skips_stores_nothing_and_its_page_can_be_answered()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context =>
        {
            var flow = await context.Flows.SingleAsync(row => row.Slug == "default-authentication-flow");
            var stage = await context.Stages.SingleAsync(row => row.Name == "default-authentication-password");
            var ana = await context.Users.SingleAsync(row => row.Username == "ana");
            var skipped = new ControlPlane.Flows.FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = -1, EvaluateOnPlan = false, ReEvaluatePolicies = true };
            context.Add(skipped);
            context.Add(new ControlPlane.Policies.Binding { StageBindingId = skipped.Id, UserId = ana.Id, Order = 0 });
        });
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        Assert.Equal(0, await CountRunsAsync(host));

        page = await browser.FillAsync(page, ("uid_field", "ana"));
        Assert.Equal(1, await CountRunsAsync(host));

        page = await browser.FillAsync(page, ("password", FlowHost.Password));
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task The_first_answer_sent_many_times_at_once_begins_one_run()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.FillAsync(page, ("uid_field", "ana"))));

        Assert.Equal(1, await CountRunsAsync(host));
        Assert.All(answers, answer => Assert.Contains("password", HtmlForm.In(answer)!.Fields.Keys));
        Assert.Equal("/if/user/", (await browser.FillAsync(answers[0], ("password", FlowHost.Password))).Address.AbsolutePath);
    }

    [Fact]
    public async Task Two_tabs_go_on_independently_from_pages_that_are_not_stored()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var one = await browser.NavigateAsync(host.At(FlowHost.SignInFlow + "?next=%2Fif%2Fuser%2F%3Fone"));
        var two = await browser.NavigateAsync(host.At(FlowHost.SignInFlow + "?next=%2Fif%2Fuser%2F%3Ftwo"));
        two = await browser.FillAsync(two, ("uid_field", "ana"));
        one = await browser.FillAsync(one, ("uid_field", "somebody else"));

        two = await browser.FillAsync(two, ("password", FlowHost.Password));
        one = await browser.FillAsync(one, ("password", "whatever"));

        Assert.Equal("/if/user/?two", two.Address.PathAndQuery);
        Assert.Equal("/if/user/?one", one.Address.PathAndQuery);
        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_page_of_a_flow_that_an_administrator_changed_meanwhile_is_out_of_date()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(host.At(FlowHost.SignInFlow));
        await host.EditAsync(async context =>
        {
            var flow = await context.Flows.SingleAsync(row => row.Slug == "default-authentication-flow");
            var stage = await context.Stages.SingleAsync(row => row.Name == "stage-default-oobe-password");
            context.FlowStageBindings.Add(new ControlPlane.Flows.FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 1 });
        });

        page = await browser.FillAsync(page, ("uid_field", "ana"));

        Assert.Contains("out of date", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("uid_field", HtmlForm.In(page)!.Fields.Keys);
    }

    [Fact]
    public async Task One_address_keeps_only_so_many_runs_and_displaces_none_of_another()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        var elsewhere = Guid.NewGuid();
        await host.EditAsync(async context =>
        {
            var flow = (await context.Flows.SingleAsync(row => row.Slug == "default-authentication-flow")).Id;
            context.Add(RunOf(flow, elsewhere, "address:192.0.2.1", TimeSpan.FromMinutes(-20)));
            context.AddRange(Enumerable.Range(0, FlowRuns.MaxPerAddress).Select(age => RunOf(flow, Guid.NewGuid(), "address:127.0.0.1", TimeSpan.FromSeconds(-1 - age))));
        });
        using var browser = FlowHost.NewBrowser();

        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));

        Assert.Equal(FlowRuns.MaxPerAddress + 1, await CountRunsAsync(host));
        await using (var context = host.Open())
        {
            Assert.True(await context.FlowRuns.AnyAsync(run => run.Id == elsewhere, TestContext.Current.CancellationToken));
        }

        page = await browser.FillAsync(page, ("password", FlowHost.Password));
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
    }

    private static ControlPlane.Flows.FlowRun RunOf(Guid flow, Guid id, string address, TimeSpan age) => new()
    {
        Id = id,
        FlowId = flow,
        BrowserHash = id.ToByteArray(),
        Address = address,
        CreatedAt = TimeProvider.System.GetUtcNow() + age,
        ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(10),
    };

    private static async Task<int> CountRunsAsync(FlowHost host)
    {
        await using var context = host.Open();
        return await context.FlowRuns.CountAsync();
    }
}
