using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class CookieCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<CookieRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_cookie_lets_in_whom_it_proves_and_nobody_else(string id)
    {
        var row = Corpus.Row<CookieRow>(id);
        var cookie = Corpus.Fill(row.Cookie, scene.Values);
        foreach (var proxy in Question.Proxies)
        {
            var question = () => Question.Behind(proxy, "https://wiki.example/").WithCookie(cookie);

            Assert.Equal((proxy, row.Enters ? 200 : 401), (proxy, (await scene.AskAsync(question())).Status));
            Assert.Equal((proxy, row.Enters ? 200 : proxy == "nginx" ? 401 : 302), (proxy, (await scene.AskAsync(question().Navigating())).Status));
        }
    }

    [Fact]
    public async Task A_ticket_that_lacks_any_of_its_characters_is_none()
    {
        // peers.md 114.
        var ticket = scene.Values["t"];
        for (var i = 0; i < ticket.Length; i++)
        {
            foreach (var damaged in new[] { ticket[..i], ticket[(i + 1)..], ticket.Remove(i, 1) })
            {
                var answer = await scene.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), damaged));

                Assert.True(answer.Status == 401, $"{i}: {answer.Status} {damaged}");
            }
        }
    }
}
