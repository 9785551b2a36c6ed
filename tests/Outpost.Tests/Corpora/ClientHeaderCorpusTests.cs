using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class ClientHeaderCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<ClientHeaderRow>()];

    public static TheoryData<string> IdentityRows => [.. Corpus.Ids<IdentityHeaderRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task No_header_of_a_client_that_survives_the_proxy_turns_a_refusal_into_200(string id)
    {
        var row = Corpus.Row<ClientHeaderRow>(id);
        foreach (var proxy in Question.Proxies)
        {
            foreach (var cookie in new[] { "", scene.StrangersCookie })
            {
                var answer = await scene.AskAsync(With(Question.Behind(proxy, "https://wiki.example/admin").WithCookie(cookie), row.Headers));

                Assert.True(answer.Status is 400 or 401 or 403, $"{proxy}: {answer.Status}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(IdentityRows))]
    public async Task Whatever_some_application_could_read_as_an_identity_is_refused_from_a_client(string id)
    {
        var row = Corpus.Row<IdentityHeaderRow>(id);
        foreach (var proxy in Question.Proxies)
        {
            var answer = await scene.AskAsync(With(Question.Behind(proxy, "https://wiki.example/").WithCookie(scene.MembersCookie), row.Headers));

            Expected.Is(row.Refused ? "spoofed-header" : "enters", answer);
        }
    }

    private Question With(Question question, IEnumerable<string> headers)
    {
        foreach (var (name, value) in headers.Select(Corpus.Header))
        {
            question.WithMore(name, Corpus.Fill(value, scene.Values));
        }

        return question;
    }
}
