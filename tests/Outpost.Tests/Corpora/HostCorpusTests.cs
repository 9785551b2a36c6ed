using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class HostCorpusTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<HostRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_application_answers_its_own_host_in_every_spelling_and_no_other(string id)
    {
        var row = Corpus.Row<HostRow>(id);
        var compiled = scene.Outpost.Serve(builder => builder.With(Application(row)));
        var host = Corpus.Fill(row.Host, scene.Values);

        Assert.Equal(row.Answers, compiled.FindByHost(host) is not null);
        foreach (var proxy in Question.Proxies)
        {
            await AskAsync(proxy, host, row.Answers);
        }
    }

    private async Task AskAsync(string proxy, string host, bool answers)
    {
        var question = () => Named(proxy, host);
        var nobody = await scene.AskAsync(question());

        // In X-Original-URL some of these end the host: then the rest is a path at the application's own host.
        Assert.True(nobody.Status == 401 == answers || proxy == "nginx", $"{proxy}: {nobody.Status} {nobody.Reason}");
        Assert.InRange(nobody.Status, 400, 499);
        if (!answers && proxy != "nginx")
        {
            Assert.InRange((await scene.AskAsync(question().WithCookie(scene.MembersCookie))).Status, 400, 499);
        }
    }

    private static Question Named(string proxy, string host) => proxy switch
    {
        "nginx" => Question.Nginx($"https://{host}/x"),
        "envoy" => Question.Envoy("https://wiki.example/x").With("Host", host),
        _ => Question.Behind(proxy, "https://wiki.example/x").With("X-Forwarded-Host", host),
    };

    private ApplicationRecord Application(HostRow row)
    {
        var application = row.Domain is null ? SnapshotBuilder.Application("wiki") : SnapshotBuilder.DomainApplication("wiki", row.Domain);
        return application with { Provider = application.Provider with { ExternalHost = Corpus.Fill(row.External, scene.Values) } };
    }
}
