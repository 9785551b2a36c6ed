using System.Text.Json;
using Sidecar.Demo.SampleService;

namespace Sidecar.Demo.Tests.SampleService;

public sealed class SampleServerTests
{
    [Theory]
    [InlineData("/json", null)]
    [InlineData("/anything?x=1", "application/json")]
    public async Task Programs_get_the_headers_as_json(string path, string? accept)
    {
        await using var server = await SampleServer.StartAsync(port: 0);

        var seen = JsonDocument.Parse(await AskAsync(server, path, accept)).RootElement;

        Assert.Equal(path, seen.GetProperty("path").GetString());
        Assert.Contains(seen.GetProperty("headers").EnumerateArray(), header =>
            (header.GetProperty("name").GetString(), header.GetProperty("value").GetString()) == ("X-authentik-username", "ana<b>"));
    }

    [Fact]
    public async Task People_get_a_page_that_names_the_user_and_escapes_what_came()
    {
        await using var server = await SampleServer.StartAsync(port: 0);

        var page = await AskAsync(server, "/", "text/html,application/xhtml+xml");

        Assert.Contains("You are <b>ana&lt;b&gt;</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_sets_two_cookies_to_see_them_come_through_a_proxy()
    {
        await using var server = await SampleServer.StartAsync(port: 0);
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(server.Address, "/cookies"), TestContext.Current.CancellationToken);

        Assert.Equal(["first=1; path=/", "second=2; path=/"], answer.Headers.GetValues("Set-Cookie"));
    }

    private static async Task<string> AskAsync(SampleServer server, string path, string? accept)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-authentik-username", "ana<b>");
        if (accept is not null)
        {
            client.DefaultRequestHeaders.Add("Accept", accept);
        }

        return await client.GetStringAsync(path, TestContext.Current.CancellationToken);
    }
}
