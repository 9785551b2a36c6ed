using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.RecoveryKeys;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.RecoveryKeys;

/// <summary>The way back when nobody can sign in any more.</summary>
public sealed class RecoveryKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_made_beside_the_running_server_signs_in_once_although_the_sign_in_flow_is_gone_and_a_look_uses_nothing_up()
    {
        await using var host = await StartAsync();
        await host.EditAsync(async context => context.RemoveRange(await context.FlowStageBindings.ToListAsync()));
        var path = await MakeAsync(host, "10", "AKADMIN");

        using var browser = FlowHost.NewBrowser();
        await browser.NavigateAsync(host.At(path));
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(path)));
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.Contains("akadmin", page.Text, StringComparison.Ordinal);
        using var other = FlowHost.NewBrowser();
        Assert.Contains("not valid", (await other.NavigateAsync(host.At(path))).Text, StringComparison.Ordinal);
        Assert.Contains("not valid", (await other.SubmitAsync(host.At(path), [])).Text, StringComparison.Ordinal);

        await using var context = host.Open();
        var session = await context.Sessions.SingleAsync(Cancel);
        Assert.Equal("recovery", session.Methods);
        Assert.Equal(["model_created", "login"], await context.AuditEvents.Where(audit => audit.ModelName == "token").OrderBy(audit => audit.At).Select(audit => audit.Action).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_link_of_two_browsers_at_once_signs_in_one()
    {
        await using var host = await StartAsync();
        var path = await MakeAsync(host, "10", "akadmin");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var browser = FlowHost.NewBrowser();
            await browser.SubmitAsync(host.At(path), []);
        }));

        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_link_is_worth_nothing_after_its_time_and_for_a_user_who_was_disabled()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("ana");
        var late = await MakeAsync(host, "1", "akadmin");
        await host.EditAsync(context => context.Tokens.ForEachAsync(token => token.ExpiresAt = Samples.Now.AddMinutes(-1)));
        var disabled = await MakeAsync(host, "1", "ana");
        await host.EditAsync(async context => (await context.Users.SingleAsync(user => user.Username == "ana")).IsActive = false);
        using var browser = FlowHost.NewBrowser();

        foreach (var path in new[] { late, disabled, "/recovery/use-token/made-up/" })
        {
            Assert.Contains("not valid", (await browser.SubmitAsync(host.At(path), [])).Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await host.CountSessionsAsync());
    }

    [Theory]
    [InlineData("0", "akadmin", "minutes")]
    [InlineData("soon", "akadmin", "minutes")]
    [InlineData("10", "nobody", "no user")]
    public async Task What_cannot_be_done_is_told(string minutes, string user, string problem)
    {
        await using var host = await StartAsync();
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(1, await RecoveryKeyCommand.RunAsync(host.Services.GetRequiredService<ControlPlaneOptions>(), minutes, user, output, errors));

        Assert.Contains(problem, errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    private static Task<FlowHost> StartAsync() => FlowHost.StartAsync(("AUTHENTIK_BOOTSTRAP_PASSWORD", FlowHost.AdministratorPassword), ("AUTHENTIK_HOST", "https://auth.example.com"));

    /// <summary>The path of the link, which must begin with the public address.</summary>
    private static async Task<string> MakeAsync(FlowHost host, string minutes, string user)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.True(await RecoveryKeyCommand.RunAsync(host.Services.GetRequiredService<ControlPlaneOptions>(), minutes, user, output, errors) == 0, errors.ToString());
        var link = new Uri(output.ToString().Trim());
        Assert.Equal("https://auth.example.com", link.GetLeftPart(UriPartial.Authority));
        return link.AbsolutePath;
    }
}
