using System.Globalization;
using System.Text;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Corpora;

public sealed class CredentialCorpusTests(CredentialCorpusTests.Scene scene) : IClassFixture<CredentialCorpusTests.Scene>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<CredentialRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_credential_lets_in_whom_it_proves_and_junk_asks_nobody(string id)
    {
        var row = Corpus.Row<CredentialRow>(id);
        var asked = scene.Outpost.ControlPlane.Checked.Count;

        foreach (var proxy in Question.Proxies)
        {
            var question = Question.Behind(proxy, "https://wiki.example/api").With("Authorization", Corpus.Fill(row.Authorization, scene.Values))
                .With("X-Forwarded-For", scene.NextAddress());
            Expected.Is(row.Expect, await scene.Outpost.AskAsync(question));
        }

        Assert.Equal(row.Asked, scene.Outpost.ControlPlane.Checked.Count > asked);
    }

    public sealed class Scene : IAsyncDisposable
    {
        private static readonly Guid Id = Guid.NewGuid();

        private readonly CorpusOutpost _corpus = new();
        private readonly Dictionary<string, string> _values;
        private int _clients;

        public Scene()
        {
            var token = CredentialFormat.Create();
            Outpost.ChangeAna(ana => ana with { Credentials = [Id] });
            Outpost.ControlPlane.Check = check => check.Secret == token && check.Username is null or "ana" && check.ClientId == "wiki-client"
                ? new CredentialOutcome.Accepted(new CredentialAnswer { Principal = Outpost.Ana, CredentialId = Id })
                : new CredentialOutcome.Refused();
            _values = new(_corpus.Values)
            {
                ["token"] = token,
                ["TOKEN"] = token.ToUpperInvariant(),
                ["cut"] = token[..^1],
                ["unknown"] = CredentialFormat.Create(),
                ["basic"] = Pair("ana", token),
                ["basicToken"] = Pair("goauthentik.io/token", token),
                ["basicEve"] = Pair("eve", token),
                ["basicTicket"] = Pair("ana", _corpus.Values["t"]),
            };
        }

        internal OutpostUnderTest Outpost => _corpus.Outpost;

        public IReadOnlyDictionary<string, string> Values => _values;

        /// <summary>Each request is another client's: here nobody is slowed down.</summary>
        public string NextAddress() => string.Create(CultureInfo.InvariantCulture, $"198.51.{++_clients / 250}.{(_clients % 250) + 1}");

        public ValueTask DisposeAsync() => _corpus.DisposeAsync();

        private static string Pair(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }
}
