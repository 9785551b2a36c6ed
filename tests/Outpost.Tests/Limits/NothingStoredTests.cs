using CsCheck;
using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.Outpost.Tickets;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Limits;

/// <summary>Whoever proves nothing leaves nothing behind.</summary>
public sealed class NothingStoredTests(CorpusOutpost scene) : IClassFixture<CorpusOutpost>
{
    // One for each of the known methods and kinds of request at each application's host.
    private const int MostSeries = 1_500;

    [Fact]
    public async Task No_request_without_a_valid_ticket_or_credential_stores_anything()
    {
        await scene.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(scene.MembersCookie));
        var before = Stored();

        await EveryRowAsync();

        Assert.Equal(before, Stored());
        Assert.Equal(0, scene.Outpost.ControlPlane.Fetches);
    }

    [Fact]
    public async Task Hosts_paths_and_methods_of_strangers_make_no_series()
    {
        var text = Gen.String[Gen.Char['a', 'z'], 1, 30];
        for (uint i = 0; i < 3_000; i++)
        {
            var random = new PCG(i, 1);
            var (host, path, method) = (text.Generate(random, null, out _), text.Generate(random, null, out _), text.Generate(random, null, out _));
            await scene.AskAsync(Question.Traefik($"https://{host}.example/{path}", method.ToUpperInvariant()));
            await scene.AskAsync(Question.Traefik($"https://wiki.example/{path}", method.ToUpperInvariant()).WithCookie(host, path));
            await scene.AskAsync(Question.Direct($"https://{host}.example/outpost.goauthentik.io/{path}").By(method));
        }

        Assert.InRange(scene.Outpost.Get<MetricsText>().Write().Count(c => c == '\n'), 1, MostSeries);
    }

    private async Task EveryRowAsync()
    {
        foreach (var proxy in Question.Proxies)
        {
            await AllAsync<CookieRow>(row => row.Enters || row.Cookie.Contains("{t}", StringComparison.Ordinal) || row.Cookie.Contains("{ended}", StringComparison.Ordinal) ? null
                : Question.Behind(proxy, "https://wiki.example/").WithCookie(Corpus.Fill(row.Cookie, scene.Values)));
            await AllAsync<PathRow>(row => Question.Behind(proxy, "https://wiki.example" + Corpus.Fill(row.Path, scene.Values)));
            await AllAsync<MethodRow>(row => Question.Behind(proxy, "https://wiki.example/", Corpus.Fill(row.Method, scene.Values)));
            await AllAsync<CredentialRow>(row => row.Expect == "enters" ? null
                : Question.Behind(proxy, "https://wiki.example/").With("Authorization", Corpus.Fill(row.Authorization, scene.Values)));
            await AllAsync<ReturnUrlRow>(row => Question.Behind(proxy, "https://wiki.example/outpost.goauthentik.io/start?rd=" + Uri.EscapeDataString(row.Text)));
            await AllAsync<CallbackRow>(row => Question.Behind(proxy, $"https://wiki.example{SignInDriver.Callback}{row.Query}"));
        }
    }

    private async Task AllAsync<T>(Func<T, Question?> build)
        where T : CorpusRow
    {
        foreach (var row in Corpus.All<T>())
        {
            foreach (var question in (Question?[])[build(row), build(row)?.Navigating()])
            {
                if (question is not null)
                {
                    await scene.AskAsync(question);
                }
            }
        }
    }

    private string Stored()
    {
        var outpost = scene.Outpost;
        var files = new DirectoryInfo(outpost.Folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        return string.Join('\n',
        [
            $"tickets {outpost.Get<ProofCache<CachedTicket>>().Count}", $"credentials {outpost.Get<ProofCache<AcceptedCredential>>().Count}",
            $"principals {outpost.Get<PrincipalTable>().Count}", $"ended sessions {outpost.Get<EndedSessions>().All.Count}", .. files,
        ]);
    }
}
