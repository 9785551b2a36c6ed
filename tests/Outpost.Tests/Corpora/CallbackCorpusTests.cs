using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Corpora;

/// <summary>A browser comes back from the control plane, or from somebody who says so.</summary>
public sealed partial class CallbackCorpusTests(CallbackCorpusTests.Scene scene) : IClassFixture<CallbackCorpusTests.Scene>
{
    public static TheoryData<string> Rows => [.. Corpus.Ids<CallbackRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_the_browser_that_began_a_sign_in_ends_it(string id)
    {
        var row = Corpus.Row<CallbackRow>(id);
        foreach (var direct in new[] { false, true })
        {
            var (start, values) = await scene.BeginAsync(row.Query.Contains("{stale}", StringComparison.Ordinal));
            scene.Outpost.Accept(start, scene.Outpost.Ana);
            var redeemed = scene.Outpost.ControlPlane.Redeemed.Count;
            var url = $"https://wiki.example{SignInDriver.Callback}{Corpus.Fill(row.Query, values)}";
            var question = direct ? Question.Direct(url).By(row.Method) : Question.Traefik(url, row.Method);

            var answer = await scene.Outpost.AskAsync(question.Navigating().With("Sec-Fetch-Mode", row.Mode).WithCookie(Corpus.Fill(row.Cookie, values)));

            Is(row.Ends, answer);
            Assert.Equal(row.Ends == "signs-in" ? 1 : 0, scene.Outpost.ControlPlane.Redeemed.Count - redeemed);
        }
    }

    private static void Is(string ends, Answer answer)
    {
        var ticket = answer.SetCookies.Any(cookie => cookie.StartsWith(OutpostUnderTest.CookieName() + "=", StringComparison.Ordinal));
        Assert.Equal(ends == "signs-in", ticket);
        switch (ends)
        {
            case "signs-in":
                Assert.Equal((302, "https://wiki.example/page"), (answer.Status, answer.Location));
                break;
            case "starts-over":
                Assert.StartsWith("https://auth.example/application/o/authorize/?", answer.Location, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(ends, answer.Reason);
                Assert.DoesNotContain("<script", answer.Body, StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    public sealed partial class Scene : IAsyncLifetime
    {
        private Answer _stale = null!;
        private string _mail = null!;
        private string _signOut = null!;

        internal OutpostUnderTest Outpost { get; } = new(builder => builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.Application("mail")));

        public async ValueTask InitializeAsync()
        {
            _stale = await StartAsync("");
            Outpost.Time.Advance(TimeSpan.FromSeconds(601));
            Outpost.Get<ContactClock>().Heard(Outpost.Time.GetUtcNow().ToUnixTimeMilliseconds());
            _mail = (await Outpost.AskAsync(Question.Traefik("https://mail.example/").Navigating())).Query("state");
            var page = await Outpost.AskAsync(
                Question.Traefik("https://wiki.example/outpost.goauthentik.io/sign_out").Navigating().With("Sec-Fetch-Site", "cross-site").WithCookie(Outpost.TicketCookie()));
            _signOut = Confirmation().Match(page.Body).Groups[1].Value;
            Assert.NotEmpty(_signOut);
        }

        /// <param name="again">In the browser that once began the attempt that is stale by now.</param>
        internal async Task<(Answer Start, Dictionary<string, string> Values)> BeginAsync(bool again)
        {
            var start = await StartAsync(again ? _stale.Cookie : "");
            var (name, value) = (start.Cookie[..start.Cookie.IndexOf('=', StringComparison.Ordinal)], start.Cookie[(start.Cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var random = value[..value.IndexOf('.', StringComparison.Ordinal)];
            return (start, new Dictionary<string, string>
            {
                ["own"] = start.Cookie,
                ["ownName"] = name,
                ["cut"] = $"{name}={random[..^1]}{value[random.Length..]}",
                ["hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(random))),
                ["planted"] = (await StartAsync("")).Cookie,
                ["state"] = start.Query("state"),
                ["stateCut"] = start.Query("state")[..^1],
                ["stale"] = _stale.Query("state"),
                ["mail"] = _mail,
                ["signOut"] = _signOut,
                ["issuer"] = Uri.EscapeDataString(SnapshotBuilder.Provider("wiki").Issuer),
            });
        }

        public ValueTask DisposeAsync() => Outpost.DisposeAsync();

        private Task<Answer> StartAsync(string cookie) => Outpost.AskAsync(Question.Traefik("https://wiki.example/page").Navigating().WithCookie(cookie));

        [GeneratedRegex("confirm=([A-Za-z0-9_-]+)")]
        private static partial Regex Confirmation();
    }
}
