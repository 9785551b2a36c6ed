using System.Net;
using System.Text.Json;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.OpenApi;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.Administration;

/// <summary>What authentik's published client changes, unmodified, the outpost enforces within the design's second: no restart, no new sign-in.</summary>
[Trait("Kind", "Slow")]
public sealed class PublishedClientTests
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Administration", "enforced.js");

    // The design's promise while the stream is up.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);

    private string? _ticket;

    [Fact]
    public Task The_outpost_enforces_each_change_of_the_published_client() => EnforcesEachChangeAsync([]);

    [Fact]
    public async Task The_outpost_enforces_each_change_of_the_published_client_on_PostgreSQL()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await EnforcesEachChangeAsync(await postgres.NewInstallationAsync());
    }

    private async Task EnforcesEachChangeAsync(Dictionary<string, string?> environment)
    {
        await using var server = await SidecarServer.StartAsync(environment);
        using var script = ClientScript.Start(Script, server.Address, server.BootstrapToken);

        await script.RunAsync(step => CheckAsync(server, step), TestContext.Current.CancellationToken);
    }

    private async Task CheckAsync(SidecarServer server, JsonElement step)
    {
        foreach (var answer in step.GetProperty("answers").EnumerateArray())
        {
            var host = new Uri(answer.GetProperty("host").GetString()!);
            var isAna = answer.GetProperty("who").ValueEquals("ana");
            if (isAna)
            {
                _ticket ??= await SignInAsync(host);
            }

            var question = new ForwardAuthQuestion(host, answer.GetProperty("path").GetString()!) { Cookie = isAna ? _ticket : null, IsNavigation = false };
            var statuses = answer.GetProperty("status").EnumerateArray().Select(status => (HttpStatusCode)status.GetInt32()).ToArray();
            await EnforcedAsync(question, server.Address, statuses, $"{step.GetProperty("step").GetString()}: {answer}");
        }
    }

    private static async Task<string> SignInAsync(Uri host)
    {
        using var browser = new Browser();
        var start = await browser.NavigateAsync(new Uri(host, "outpost.goauthentik.io/start"));
        var page = await browser.SignInAsync(start, "ana", "a long enough passphrase");
        return TicketCookie.Of(browser, host) ?? throw new InvalidOperationException($"no ticket after the sign-in\n{page}");
    }

    private static async Task EnforcedAsync(ForwardAuthQuestion question, Uri outpost, HttpStatusCode[] statuses, string what)
    {
        try
        {
            await question.WaitForAsync(outpost, statuses, Promise);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{what}: {late.Message}", late);
        }
    }
}
