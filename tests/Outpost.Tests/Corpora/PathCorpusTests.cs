using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class PathCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<PathRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_path_is_open_to_whom_it_is_open_in_every_reading(string id)
    {
        var row = Corpus.Row<PathRow>(id);
        var url = "https://wiki.example" + Corpus.Fill(row.Path, scene.Values);

        Expected.Is(row.Nobody, await scene.AskAsync(Question.Traefik(url)));
        Expected.Is(row.Member ?? row.Nobody, await scene.AskAsync(Question.Traefik(url).WithCookie(scene.MembersCookie)));
        foreach (var proxy in Question.Proxies.Where(proxy => proxy != "nginx" || !url.Contains("?X-authentik-", StringComparison.Ordinal)))
        {
            // nginx cannot pass on what the query signatures lead to; there they are an ordinary query.
            Assert.Equal((proxy, row.Nobody == "public-path"), (proxy, await Is200Async(proxy, url, "")));
            Assert.Equal((proxy, row.Nobody == "public-path"), (proxy, await Is200Async(proxy, url, scene.StrangersCookie)));

            // Envoy refuses some paths before anything is decided.
            Assert.True(row.Member == "enters" || !await Is200Async(proxy, url, scene.MembersCookie), proxy);
        }
    }

    private async Task<bool> Is200Async(string proxy, string url, string cookie)
    {
        var script = await scene.AskAsync(Question.Behind(proxy, url).WithCookie(cookie));
        var navigation = await scene.AskAsync(Question.Behind(proxy, url).WithCookie(cookie).Navigating());
        Assert.Equal(script.Status == 200, navigation.Status == 200);
        return script.Status == 200;
    }
}
