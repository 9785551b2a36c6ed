using System.Text;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Corpora;

/// <summary>Where a browser may be sent after sign-in: to the validator, and through a whole start and end.</summary>
public sealed class ReturnUrlCorpusTests(ReturnUrlCorpusTests.Scene scene) : IClassFixture<ReturnUrlCorpusTests.Scene>
{
    private static readonly ReturnScope Single = new(Origin.TryCreate("https://wiki.example")!, "");
    private static readonly ReturnScope Domain = new(Origin.TryCreate("https://login.corp.example")!, "corp.example");

    public static TheoryData<string> Rows => [.. Corpus.Ids<ReturnUrlRow>()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_address_to_return_to_is_one_of_the_application_or_home(string id)
    {
        var row = Corpus.Row<ReturnUrlRow>(id);
        var isSingle = row.Mode == "single";

        Assert.Equal(row.Becomes, isSingle ? ReturnUrl.Validate(row.Text, Single, Single.Origin.Text) : ReturnUrl.Validate(row.Text, Domain, "https://here.corp.example"));

        var home = isSingle ? "https://wiki.example/" : "https://login.corp.example/";
        Assert.Equal(row.Becomes ?? home, await scene.ReturnedToAsync(isSingle, "rd=" + Encode(row.Text)));
        if (CanBeSentPlain(row.Text))
        {
            Assert.Equal(row.Becomes ?? home, await scene.ReturnedToAsync(isSingle, "rd=" + row.Text));
        }
    }

    [Fact]
    public void There_are_two_hundred_of_them() => Assert.InRange(Corpus.All<ReturnUrlRow>().Count(), 200, int.MaxValue);

    // As a script's encodeURIComponent: letters above U+00FF as UTF-8, those that stand for bytes as bytes.
    private static string Encode(string text) =>
        string.Concat((text.Any(c => c > 0xff) ? Encoding.UTF8 : Encoding.Latin1).GetBytes(text).Select(b => $"%{b:X2}"));

    // nginx writes rd=$request_uri; what holds a blank or a fragment ends a request target.
    private static bool CanBeSentPlain(string text) =>
        (text.StartsWith('/') || text.StartsWith("http", StringComparison.OrdinalIgnoreCase)) && text.All(c => c is > ' ' and not '#' and < '\u007f') && !text.Contains('%', StringComparison.Ordinal)
        && !text.StartsWith("http:/e", StringComparison.Ordinal) && text.Contains("//", StringComparison.Ordinal) == text.Contains("://", StringComparison.Ordinal);

    public sealed class Scene : IAsyncDisposable
    {
        private readonly OutpostUnderTest _outpost = new(builder =>
            builder.With(SnapshotBuilder.Application("wiki")).With(SnapshotBuilder.DomainApplication("all", "corp.example")));

        /// <summary>Begins a sign-in with this query; who is signed in and comes back without a code is sent where the attempt leads.</summary>
        internal async Task<string> ReturnedToAsync(bool isSingle, string query)
        {
            var slug = isSingle ? "wiki" : "all";
            var start = await _outpost.AskAsync(
                Question.Direct($"https://{(isSingle ? "wiki.example" : "here.corp.example")}/outpost.goauthentik.io/start?{query}").Navigating());
            Assert.StartsWith("https://auth.example/application/o/authorize/?", start.Location, StringComparison.Ordinal);

            var end = await _outpost.AskAsync(
                Question.Direct($"https://{(isSingle ? "wiki.example" : "login.corp.example")}{SignInDriver.Callback}&state={start.Query("state")}")
                    .Navigating().WithCookie($"{start.Cookie}; {_outpost.TicketCookie(slug)}"));
            Assert.Equal(302, end.Status);
            return end.Location;
        }

        public ValueTask DisposeAsync() => _outpost.DisposeAsync();
    }
}
