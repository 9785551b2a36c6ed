using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>
/// The scene of all corpora: <c>wiki.example</c> for the staff, with an open <c>/public/</c>; <c>open.example</c> for everybody; <c>mail.example</c> for who is
/// signed in. Ana is the member; Eve is signed in and may not enter.
/// </summary>
public sealed class CorpusOutpost : IAsyncDisposable
{
    public CorpusOutpost()
    {
        Outpost = new OutpostUnderTest(builder => Applications(builder));
        Eve = OutpostUnderTest.NewPrincipal("eve", Guid.NewGuid()) with { Groups = [] };
        Outpost.Apply(Eve);
        Values = Texts();
    }

    internal OutpostUnderTest Outpost { get; }

    internal Principal Eve { get; }

    /// <summary>What the placeholders of rows stand for.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    internal string MembersCookie => $"{OutpostUnderTest.CookieName()}={Values["t"]}";

    internal string StrangersCookie => $"{OutpostUnderTest.CookieName()}={Values["eve"]}";

    internal Task<Answer> AskAsync(Question question) => Outpost.AskAsync(question);

    public ValueTask DisposeAsync() => Outpost.DisposeAsync();

    private static void Applications(SnapshotBuilder builder) => builder
        .With(WithPublic(SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(OutpostUnderTest.Staff)), "^/public/"))
        .With(WithPublic(SnapshotBuilder.Application("open"), ".*"))
        .With(SnapshotBuilder.Application("mail"));

    private static ApplicationRecord WithPublic(ApplicationRecord application, string expression) =>
        application with { Provider = application.Provider with { UnauthenticatedPaths = [expression] } };

    private Dictionary<string, string> Texts()
    {
        var ticket = Outpost.TicketFor(Outpost.Ana, Outpost.Session);
        var parts = ticket.Split('.');
        return new Dictionary<string, string>
        {
            ["app"] = "wiki.example",
            ["open"] = "open.example",
            ["client"] = "wiki-client",
            ["CLIENT"] = "WIKI-CLIENT",
            ["n"] = OutpostUnderTest.CookieName(),
            ["N"] = OutpostUnderTest.CookieName().ToUpperInvariant(),
            ["nmail"] = OutpostUnderTest.CookieName("mail"),
            ["t"] = ticket,
            ["h"] = parts[0],
            ["p"] = parts[1],
            ["s"] = parts[2],
            ["eve"] = Outpost.TicketFor(Eve),
            ["mail"] = Outpost.TicketFor(Outpost.Ana, Outpost.Session, "mail"),
            ["foreign"] = Foreign(),
            ["expired"] = Outpost.TicketFor(Outpost.Ana, Outpost.Session, lifetime: -60),
            ["ended"] = Outpost.TicketFor(Outpost.Ana, Guid.NewGuid()),
        };
    }

    private string Foreign()
    {
        using var key = EcKeys.Create();
        return new TicketMint(Guid.NewGuid(), key).Mint("wiki-client", Outpost.Ana.Id, Outpost.Session, 1, Outpost.Now, Outpost.Now + 3600);
    }
}
