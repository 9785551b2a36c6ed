using CsCheck;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Properties;

/// <summary>
/// Requests out of honest parts, rows of the corpora and mutations. Host, cookie and ticket are mostly of one application, so that enough of them could pass and
/// what keeps one out is often a single thing.
/// </summary>
internal sealed class AnyRequest
{
    private static readonly string[] Pieces =
        ["/", "//", "public", "public/", "admin", ".", "..", "%2e%2e", "%2f", "%5c", "\\", ";", "%3b", "%00", "%25", "a", "%70", "outpost.goauthentik.io", "%", "é"];

    private static readonly Gen<string> OddHost = Gen.OneOf(
        "evilcorp.example", "wiki.example:8443", "wiki.example.corp.evil", "unknown.example", "wiki.example@evil.example", "wiki.example,mail.example", "", "[::1]", "xwiki.example",
        "corp.example.evil");

    private static readonly Gen<string> Query = Gen.Frequency(
        (8, Gen.Const("")), (2, Gen.OneOf("?x=/public/", "?a=b&c=d", "?/public/", "?%00", "?rd=/public/")),
        (1, Gen.OneOf("?X-authentik-logout=true", "?X-authentik-auth-callback=true&code=c&state=s", "?X-authentik-LOGOUT=true", "?X-authentik-logout=false")));

    private static readonly Gen<string?> Peer = Gen.Frequency((40, Gen.Const<string?>("127.0.0.1")), (1, Gen.Const<string?>("198.51.100.9")), (1, Gen.Const(() => (string?)null)));

    // What is turned over is soon turned back: else half of everything would be off all the time.
    private static readonly Gen<Happening> Before = Gen.Frequency((12, Gen.Const(Happening.Nothing)), (2, Gen.Const(Happening.AllIsWell)), (1, Gen.Enum<Happening>()));

    private readonly World _world;
    private readonly Gen<string> _method = Often(Gen.Const("GET"), Gen.OneOf([.. Corpus.All<MethodRow>().Where(row => row.Method.Length < 100).Select(row => row.Method)]));
    private readonly Gen<string> _path;
    private readonly Gen<string> _cookieRow;
    private readonly Gen<string> _anyTicket;
    private readonly Gen<string> _authorization;
    private readonly Gen<string[]> _moreHeaders;

    public AnyRequest(World world)
    {
        _world = world;
        _path = Gen.Frequency(
            (5, Gen.OneOf("/", "/admin", "/public/a")),
            (2, Gen.OneOf([.. Corpus.All<PathRow>().Select(row => Corpus.Fill(row.Path, world.Values)).Where(path => !path.Contains('?', StringComparison.Ordinal) && path.StartsWith('/'))])),
            (1, Gen.OneOf(Pieces).Array[0, 7].Select(pieces => "/" + string.Concat(pieces))));
        _cookieRow = Gen.OneOf([.. Corpus.All<CookieRow>().Select(row => Corpus.Fill(row.Cookie, world.Values))]);
        _anyTicket = Gen.OneOf([.. world.TicketTexts]);
        _authorization = Gen.Frequency(
            (8, Gen.Const("")),
            (3, Gen.OneOf([.. world.Authorizations])),
            (1, Gen.OneOf([.. Corpus.All<CredentialRow>().Where(row => row.Expect != "enters").Select(row => Corpus.Fill(row.Authorization, world.Values))])));
        _moreHeaders = Often(Gen.Const(Array.Empty<string>()), Gen.OneOf<string[]>([
            .. Corpus.All<ClientHeaderRow>().Select(row => row.Headers.Select(header => Corpus.Fill(header, world.Values)).ToArray()),
            .. Corpus.All<IdentityHeaderRow>().Select(row => row.Headers)]));
        All =
            from slug in Gen.OneOf("wiki", "mail", "corp")
            from proxy in Gen.OneOf(Question.Proxies)
            from verb in _method
            from host in Often(HostOf(slug), OddHost)
            from path in _path
            from query in Query
            from cookie in Cookies(slug)
            from authorization in _authorization
            from headers in _moreHeaders
            from navigates in Gen.Bool
            from caller in Peer
            from happening in Before
            select new RequestCase
            {
                Proxy = proxy,
                Method = verb,
                Host = host,
                Path = path,
                Query = query,
                Cookie = cookie,
                Authorization = authorization,
                MoreHeaders = headers,
                Navigates = navigates,
                Peer = caller,
                Before = happening,
            };
    }

    /// <summary>Random ones, the same for the same seed.</summary>
    public Gen<RequestCase> All { get; }

    private static Gen<string> HostOf(string slug) => slug switch
    {
        "wiki" => Gen.OneOf("wiki.example", "wiki.example", "WIKI.example", "wiki.example:443", "wiki.example."),
        "mail" => Gen.Const("mail.example"),
        _ => Gen.OneOf("a.corp.example", "corp.example", "login.corp.example", "A.Corp.Example"),
    };

    private Gen<string> Cookies(string slug) => Gen.Frequency(
        (2, Gen.Const("")),
        (6, Cookie(slug)),
        (3, Cookie(slug).Array[2, 6].Select(cookies => string.Join("; ", cookies))),
        (1, _cookieRow));

    private Gen<string> Cookie(string slug) =>
        from name in Often(
            Gen.Const(OutpostUnderTest.CookieName(slug)), Gen.OneOf(OutpostUnderTest.CookieName(), OutpostUnderTest.CookieName("mail"), "theme", OutpostUnderTest.CookieName() + "_signin"))
        from value in Value(slug)
        select $"{name}={value}";

    private Gen<string> Value(string slug)
    {
        var honest = Gen.OneOf([.. _world.HonestTickets(slug)]);
        return Gen.Frequency((12, honest), (2, _anyTicket), (1, Mutated(honest)), (1, Gen.OneOf("", "junk", "null", "a.b.c")));
    }

    // Bits of the last character are read by nobody: it is left alone.
    private static Gen<string> Mutated(Gen<string> honest) =>
        from text in honest
        from at in Gen.Int[0, text.Length - 2]
        from with in Gen.Char['!', '~']
        from way in Gen.Int[0, 3]
        select way switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, with.ToString()),
            _ => string.Concat(text.AsSpan(0, at), [with], text.AsSpan(at + 1)),
        };

    private static Gen<T> Often<T>(Gen<T> usual, Gen<T> rare) => Gen.Frequency((8, usual), (1, rare));
}
