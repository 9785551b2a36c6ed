using System.Text.Json.Nodes;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Properties;

/// <summary>
/// An outpost, and what is true of it, kept apart from it. wiki: the staff, and an open <c>/public/</c>. mail: everybody who is signed in. corp: a domain, for who
/// is not of the staff. Ana is of the staff, Eve is not, Ina is deactivated.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly Guid Credential = Guid.NewGuid();
    private const int Grace = 30;

    // Two for each person, one of them short-lived.
    private const int HonestOnes = 6;

    private static readonly TimeSpan ShortLife = TimeSpan.FromHours(1);

    private static readonly string[] Slugs = ["wiki", "mail", "corp"];

    private readonly CorpusOutpost _corpus = new();
    private readonly TicketMint _otherMint = new(SnapshotBuilder.Installation);
    private readonly Dictionary<string, KnownTicket> _tickets = new(StringComparer.Ordinal);
    private readonly string _password = CredentialFormat.Create();
    private List<string>? _secrets;
    private long _revision = 1;

    public World()
    {
        Ina = OutpostUnderTest.NewPrincipal("ina", Guid.NewGuid()) with { Active = false };
        Outpost.Apply(Ina);
        Outpost.ChangeAna(ana => ana with { Credentials = [Credential] });
        Outpost.ControlPlane.Check = check => check.Secret == _password && check.Username is null or "ana" && HasPassword
            ? new CredentialOutcome.Accepted(new CredentialAnswer { Principal = Outpost.Ana, CredentialId = Credential })
            : new CredentialOutcome.Refused();
        Serve();
        AddTickets();
        Values = new Dictionary<string, string>(_corpus.Values) { ["token"] = _password };
        Authorizations = ["Bearer " + _password, Basic("ana"), Basic("goauthentik.io/token"), Basic("eve"), "Bearer " + CredentialFormat.Create(), "Bearer " + _corpus.Values["t"], "Bearer junk"];
    }

    public OutpostUnderTest Outpost => _corpus.Outpost;

    public Principal Ina { get; }

    public bool AnaIsStaff { get; private set; } = true;

    public bool AnaIsActive { get; private set; } = true;

    public bool HasSession { get; private set; } = true;

    public bool HasPassword { get; private set; } = true;

    public bool HasPublicPaths { get; private set; } = true;

    public bool HasKey { get; private set; } = true;

    private (bool, bool) Rules => (HasPublicPaths, HasKey);

    private (bool, bool, bool, bool) AnaNow => (AnaIsStaff, AnaIsActive, HasSession, HasPassword);

    public IReadOnlyDictionary<string, string> Values { get; }

    public IReadOnlyList<string> TicketTexts => [.. _tickets.Keys];

    public IReadOnlyList<string> Authorizations { get; }

    /// <summary>What no page and no address may show.</summary>
    public IReadOnlyList<string> Secrets => _secrets ??= [.. Slugs.SelectMany(HonestTickets), _password];

    /// <summary>Of everybody at this application.</summary>
    public IEnumerable<string> HonestTickets(string slug) => _tickets.Values.Where(ticket => ticket.Slug == slug).Take(HonestOnes).Select(ticket => ticket.Text);

    /// <summary>Every text that is a ticket somewhere; a text that is not here is none anywhere.</summary>
    public KnownTicket? TicketOf(string text) => HasKey && _tickets.GetValueOrDefault(text) is { } ticket && Outpost.Now < ticket.Until ? ticket : null;

    /// <summary>Whether the header proves that Ana is here.</summary>
    public bool ProvesAna(string authorization) =>
        HasPassword && (authorization == "Bearer " + _password || authorization == Basic("ana") || authorization == Basic("goauthentik.io/token"));

    public bool MayEnter(string person, string slug) => person switch
    {
        "ana" => AnaIsActive && (slug == "mail" || AnaIsStaff == (slug == "wiki")),
        "eve" => slug is "mail" or "corp",
        _ => false,
    };

    public bool IsActive(string person) => person == "ana" ? AnaIsActive : person != "ina";

    public bool HasLiveSession(string person) => person != "ana" || HasSession;

    public void Happen(Happening happening)
    {
        if (happening == Happening.Nothing)
        {
            return;
        }

        if (happening == Happening.TimePasses)
        {
            Outpost.Time.Advance(TimeSpan.FromMinutes(3));
            Outpost.Get<ContactClock>().Heard(Outpost.Time.GetUtcNow().ToUnixTimeMilliseconds());
        }

        var well = happening == Happening.AllIsWell;
        var (rules, ana) = (Rules, AnaNow);
        AnaIsStaff = well || AnaIsStaff != (happening == Happening.AnaMoves);
        AnaIsActive = well || AnaIsActive != (happening == Happening.AnaIsSwitched);
        HasSession = well || HasSession != (happening == Happening.AnasSessionTurns);
        HasPassword = well || HasPassword != (happening == Happening.AnasPasswordTurns);
        HasPublicPaths = well || HasPublicPaths != (happening == Happening.PublicPathsTurn);
        HasKey = well || HasKey != (happening == Happening.KeyTurns);

        // Only what has changed: a new snapshot or principal makes the outpost forget what it worked out, and that is what is on trial.
        if (rules != Rules)
        {
            Serve();
        }

        if (ana != AnaNow)
        {
            ChangeAna();
        }
    }

    public ValueTask DisposeAsync()
    {
        _otherMint.Key.Dispose();
        return _corpus.DisposeAsync();
    }

    private void ChangeAna() =>
        Outpost.ChangeAna(ana => ana with
        {
            Groups = AnaIsStaff ? [OutpostUnderTest.Staff.Id] : [],
            Active = AnaIsActive,
            Sessions = HasSession ? [Outpost.Session] : [],
            Credentials = HasPassword ? [Credential] : [],
        });

    private void Serve()
    {
        var staff = SnapshotBuilder.ForGroup(OutpostUnderTest.Staff);
        var wiki = SnapshotBuilder.Application("wiki", staff);
        Outpost.Serve(
            builder => builder.WithRevision(++_revision)
                .With(wiki with { Provider = wiki.Provider with { UnauthenticatedPaths = HasPublicPaths ? ["^/public/"] : [] } })
                .With(SnapshotBuilder.Application("mail"))
                .With(SnapshotBuilder.DomainApplication("corp", "corp.example") with { Bindings = [staff with { Negate = true }] }),
            HasKey ? Outpost.Mint : _otherMint);
    }

    private void AddTickets()
    {
        foreach (var slug in Slugs)
        {
            foreach (var person in (Principal[])[Outpost.Ana, _corpus.Eve, Ina])
            {
                Add(slug, person.Username, Outpost.TicketFor(person, slug: slug));
                Add(slug, person.Username, Outpost.TicketFor(person, slug: slug, lifetime: (long)ShortLife.TotalSeconds));
            }
        }

        Add("wiki", "ana", _corpus.Values["t"]);
        Add("wiki", "eve", _corpus.Values["eve"]);
        Add("mail", "ana", _corpus.Values["mail"]);
        foreach (var text in (string[])["foreign", "expired", "ended"])
        {
            Add("wiki", null, _corpus.Values[text]);
        }

        foreach (var row in Corpus.All<TicketRow>())
        {
            var isForMail = IsForMail(row);
            Add(isForMail ? "mail" : "wiki", isForMail || row.Expect == "enters" ? "ana" : null, Forge(row));
        }
    }

    // Refused at the wiki, and an honest ticket of another application.
    private static bool IsForMail(TicketRow row) =>
        row.Signed == "own" && row.Claims?["aud"]?.ToJsonString() is "\"mail-client\"" or "[\"mail-client\"]";

    private string Forge(TicketRow row)
    {
        var honest = Outpost.Mint.Payload("wiki-client", Outpost.Ana.Id, Outpost.Session, Outpost.Ana.Revision, Outpost.Now, Outpost.Now + 3600);
        var claims = row.Claims is null ? null : JsonNode.Parse(Corpus.Fill(row.Claims.ToJsonString(), _corpus.Values))!.AsObject();
        return TicketForge.Make(row with { Claims = claims }, Outpost.Mint, honest, Outpost.Now);
    }

    private void Add(string slug, string? person, string text) =>
        _tickets.TryAdd(text, new KnownTicket(text, slug, person, person is null ? 0 : (long)Jws.Payload(text)["exp"]! + Grace));

    private string Basic(string user) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{_password}"));
}
