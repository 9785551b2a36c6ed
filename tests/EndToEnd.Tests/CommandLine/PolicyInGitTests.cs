using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.EndToEnd.Tests.CommandLine;

/// <summary>The published outpost without any control plane: from a policy in a file to its first answers, with the commands that its README gives.</summary>
[Trait("Kind", "Slow")]
public sealed class PolicyInGitTests : IDisposable
{
    private static readonly Uri Docs = new("https://docs.example.com/");

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_policy_is_checked_signed_and_served()
    {
        await File.WriteAllTextAsync(In("policy.json"), PolicyInReadme.Text, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync(["check", "--snapshot", "policy.json", "--url", Docs + "page", "--group", "Editors"])).Code);
        Assert.Equal(1, (await RunAsync(["check", "--snapshot", "policy.json", "--url", Docs + "page"])).Code);
        Assert.Equal(2, (await RunAsync(["check", "--snapshot", "policy.json"])).Code);
        Assert.Equal(2, (await RunAsync(["sign", "policy.json"])).Code);
        Assert.Equal(0, (await RunAsync(["snapshot-key", "policy-key.pem"], "policy-key.json")).Code);
        Assert.Equal(0, (await RunAsync(["sign", "--key", "policy-key.pem", "policy.json"], "policy.snapshot")).Code);
        var (code, said) = await RunAsync(["check", "--snapshot", "policy.snapshot", "--snapshot-key", "policy-key.json", "--url", Docs + "public/x", "--json"]);
        Assert.True(code == 0 && said.Contains("\"reason\": \"public-path\"", StringComparison.Ordinal), said);

        await AssertServedAsync();
    }

    private async Task AssertServedAsync()
    {
        var port = FreePort.Next();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        await using var outpost = await ServerProcess.StartAsync(
            new ChildCommand(PublishedPrograms.Outpost, "server", "--snapshot", "policy.snapshot", "--snapshot-key", "policy-key.json")
            {
                WorkingDirectory = _folder,
                Environment = new Dictionary<string, string?>
                {
                    ["SIDECAR_DATA"] = In("data"),
                    ["AUTHENTIK_LISTEN__HTTP"] = address.Authority,
                    ["AUTHENTIK_LISTEN__HTTPS"] = "127.0.0.1:0",
                    ["AUTHENTIK_LISTEN__METRICS"] = "127.0.0.1:0",
                },
            },
            Ready.WhenHealthy(new Uri(address, "outpost.goauthentik.io/ping")));

        await new ForwardAuthQuestion(Docs, "/public/x").WaitForAsync(address, HttpStatusCode.OK, TimeSpan.FromSeconds(30));
        var refused = await new ForwardAuthQuestion(Docs, "/page").AskAsync(address);
        Assert.True(refused.Status == HttpStatusCode.Unauthorized && refused.Text.Contains("no-control-plane", StringComparison.Ordinal), refused.ToString());
    }

    private async Task<(int Code, string Said)> RunAsync(string[] arguments, string? output = null)
    {
        using var process = Process.Start(new ProcessStartInfo(PublishedPrograms.Outpost, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (output is not null)
        {
            await File.WriteAllTextAsync(In(output), said, TestContext.Current.CancellationToken);
        }

        return (process.ExitCode, said);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
