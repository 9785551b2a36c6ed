using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class ForwardedCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<ForwardedRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_a_proxy_says_is_decided_on_or_refused_with_its_reason(string id)
    {
        var row = Corpus.Row<ForwardedRow>(id);

        var nobody = await scene.AskAsync(Build(row));
        var stranger = await scene.AskAsync(Build(row).WithCookie(scene.StrangersCookie));
        var member = await scene.AskAsync(Build(row).WithCookie(scene.MembersCookie));

        Expected.Is(row.Nobody, nobody);
        Expected.Is(row.Member is null or "enters" && row.Nobody == "not-signed-in" ? "not-bound" : row.Nobody, stranger);
        Expected.Is(row.Member ?? row.Nobody, member);
    }

    private Question Build(ForwardedRow row)
    {
        var question = new Question("/outpost.goauthentik.io/auth/" + row.Proxy).With("Host", "outpost.internal");
        foreach (var header in row.Headers.Select(Corpus.Header).GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase))
        {
            question.With(header.Key, new StringValues([.. header.Select(value => Corpus.Fill(value, scene.Values))]));
        }

        return question;
    }
}
