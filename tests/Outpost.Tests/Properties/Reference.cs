using Sidecar.Outpost.Tests.Harness;

namespace Sidecar.Outpost.Tests.Properties;

/// <summary>
/// The rule, written down a second time and as plainly as possible: 200 only with a valid ticket of this application, a valid credential, or a public path; and as
/// whom. Not how the outpost does it, but what it must come to.
/// </summary>
internal static class Reference
{
    private const int CookiesTried = 4;

    /// <returns>The users as whom the request may pass; an empty name stands for nobody. None: it must be refused.</returns>
    public static HashSet<string> MayPassAs(World world, RequestCase request)
    {
        HashSet<string> names = [];
        if (request.Peer != "127.0.0.1" || SlugOf(request.Host) is not { } slug || IsOwn(request) || HasDotSegments(request.Path))
        {
            return names;
        }

        var people = PeopleOf(world, request.Cookie, slug);

        // Two at once are nobody. What is open is open without a look at Authorization, which may be the application's own.
        if (slug == "wiki" && world.HasPublicPaths && IsPublic(request.Path) && (people.Count != 1 || world.IsActive(people.Single())))
        {
            names.Add("");
        }

        if (people.Count == 0 && world.ProvesAna(request.Authorization))
        {
            people.Add("ana");
        }

        if (people.Count == 1 && world.MayEnter(people.Single(), slug))
        {
            names.Add(people.Single());
        }

        return names;
    }

    /// <summary>Whether nothing about it is odd, so that it must pass if it may.</summary>
    public static bool IsPlain(RequestCase request) =>
        request.MoreHeaders.Length == 0 && Method(request) && request.Path is "/" or "/admin" or "/public/a" && !request.Query.Contains('#', StringComparison.Ordinal)
        && request.Cookie.Split("authentik_proxy_").Length <= CookiesTried;

    private static bool Method(RequestCase request) => request.Method.Length > 0 && request.Method.All(char.IsAsciiLetterUpper);

    private static string? SlugOf(string host)
    {
        var name = host.ToLowerInvariant();
        name = name.EndsWith(":443", StringComparison.Ordinal) ? name[..^4] : name;
        name = name.EndsWith('.') ? name[..^1] : name;
        return name switch
        {
            "wiki.example" => "wiki",
            "mail.example" => "mail",
            "corp.example" or "a.corp.example" or "login.corp.example" => "corp",
            _ => null,
        };
    }

    // Its own pages, and for proxies that can pass the answer on, its query signatures, whose names have case.
    private static bool IsOwn(RequestCase request) =>
        request.Path.StartsWith("/outpost.goauthentik.io", StringComparison.OrdinalIgnoreCase)
        || (request.Proxy != "nginx" && request.Query.TrimStart('?').Split('&').Select(member => member.Split('=')).Any(member =>
            member is ["X-authentik-logout" or "X-authentik-auth-callback", var value] && value.Equals("true", StringComparison.OrdinalIgnoreCase)));

    // Decoded twice they only keep a path from being public.
    private static bool HasDotSegments(string path) => Uri.UnescapeDataString(path).Split('/', '\\').Any(segment => segment.Split(';')[0].Trim() is "." or "..");

    private static bool IsPublic(string path) => path.StartsWith("/public/", StringComparison.Ordinal) && DecodedTwice(path).StartsWith("/public/", StringComparison.Ordinal);

    private static string DecodedTwice(string path) => Uri.UnescapeDataString(Uri.UnescapeDataString(path.Split('?', '#')[0]));

    private static HashSet<string> PeopleOf(World world, string cookies, string slug)
    {
        var name = OutpostUnderTest.CookieName(slug);
        return [.. cookies.Split(';').Select(pair => pair.Trim(' ', '\t'))
            .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)).Take(CookiesTried)
            .Select(pair => world.TicketOf(pair[(name.Length + 1)..])).OfType<KnownTicket>()
            .Where(ticket => ticket.Slug == slug && ticket.Person is not null && world.HasLiveSession(ticket.Person)).Select(ticket => ticket.Person!)];
    }
}
