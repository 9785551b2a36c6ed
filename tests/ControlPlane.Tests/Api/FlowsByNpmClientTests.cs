using System.Text.Json;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.OpenApi;
using Sidecar.TestKit.Processes;

namespace Sidecar.ControlPlane.Tests.Api;

[Trait("Kind", "Slow")]
public sealed class FlowsByNpmClientTests(PostgresFixture postgres)
{
    private const string Password = "a long password";

    private static readonly string Script = Path.Combine(Repository.Root, "tests", "ControlPlane.Tests", "Api", "Client", "flows.js");

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_published_client_builds_flows_and_browsers_see_each_change(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        using var script = ClientScript.Start(Script, plane.Address, ApiPlane.AdminToken);

        await script.RunAsync(step => LookAsync(plane, step), TestContext.Current.CancellationToken);
    }

    private static async Task LookAsync(ApiPlane plane, JsonElement step)
    {
        using var browser = new Browser();
        var first = await browser.NavigateAsync(new Uri(plane.Address, $"if/flow/{step.GetProperty("slug").GetString()}/"));
        switch (step.GetProperty("step").GetString())
        {
            case "sign-in":
                Assert.Equal(step.GetProperty("password").ValueEquals("with the name"), HtmlForm.In(first)!.Fields.ContainsKey("password"));
                Assert.Equal("/if/user/", (await browser.SignInAsync(first, "akadmin", Password)).Address.AbsolutePath);
                break;
            case "nobody":
                // The password now stands behind the login: whoever only says a name is not signed in.
                Assert.Contains("You could not be signed in", (await browser.FillAsync(first, ("uid_field", "akadmin"))).Text, StringComparison.Ordinal);
                break;
            default:
                Assert.Contains(step.GetProperty("label").GetString()!, first.Text, StringComparison.Ordinal);
                break;
        }
    }
}
