using System.Text.Json.Nodes;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class TicketCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<TicketRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_what_the_control_plane_signed_for_this_application_and_this_person_is_a_ticket(string id)
    {
        var row = Corpus.Row<TicketRow>(id);
        var outpost = scene.Outpost;
        var honest = outpost.Mint.Payload("wiki-client", outpost.Ana.Id, outpost.Session, outpost.Ana.Revision, outpost.Now, outpost.Now + 3600);
        var forged = TicketForge.Make(Filled(row), outpost.Mint, honest, outpost.Now);

        foreach (var proxy in Question.Proxies)
        {
            Expected.Is(row.Expect, await scene.AskAsync(Question.Behind(proxy, "https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), forged)));
        }
    }

    private TicketRow Filled(TicketRow row) =>
        row.Claims is { } claims ? row with { Claims = JsonNode.Parse(Corpus.Fill(claims.ToJsonString(), scene.Values))!.AsObject() } : row;
}
