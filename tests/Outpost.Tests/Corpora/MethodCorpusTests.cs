using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class MethodCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<MethodRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_method_opens_nothing_and_only_GET_and_HEAD_are_sent_to_sign_in(string id)
    {
        var row = Corpus.Row<MethodRow>(id);
        var method = Corpus.Fill(row.Method, scene.Values);

        foreach (var proxy in new[] { "traefik", "caddy" })
        {
            Assert.Equal(row.Nobody, await StatusAsync(proxy, method, ""));
            Assert.Equal(row.Member, await StatusAsync(proxy, method, scene.MembersCookie));
        }

        foreach (var proxy in Question.Proxies)
        {
            Assert.NotEqual(200, await StatusAsync(proxy, method, ""));
            Assert.NotEqual(200, await StatusAsync(proxy, method, scene.StrangersCookie));
        }
    }

    private async Task<int> StatusAsync(string proxy, string method, string cookie) =>
        (await scene.AskAsync(Question.Behind(proxy, "https://wiki.example/", method).Navigating().WithCookie(cookie))).Status;
}
