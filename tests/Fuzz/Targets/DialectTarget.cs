using System.Buffers;
using Microsoft.AspNetCore.Http;
using Sidecar.Contracts.Tickets;

namespace Sidecar.Fuzz.Targets;

/// <summary>
/// The head of a request, as a proxy or a browser sends it: method, blank, target; then a header a line. <c>{TICKET}</c> stands for Ana's cookie. Whatever
/// comes, the answer is 200 only to Ana or on a public path, and never because of an error.
/// </summary>
internal sealed class DialectTarget : FuzzTarget
{
    private static readonly SearchValues<char> Tokens = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string AnasCookie = $"{Ticket.CookieName(FuzzScene.ClientId)}={FuzzScene.AnasTicket}";

    private readonly OutpostInHand _outpost = new();

    public override string Run(ReadOnlySpan<byte> input)
    {
        var lines = Text(input).Split('\n');
        var first = lines[0].Split(' ', 2);
        if (first.Length < 2 || first[1].Length == 0)
        {
            return Skipped;
        }

        var headers = new HeaderDictionary();
        foreach (var line in lines.Skip(1).Take(64))
        {
            // Kestrel hands on no name that is not a token, and no value with a control character (RFC 9110 section 5.5).
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).IndexOfAnyExcept(Tokens) < 0 && !line.AsSpan().ContainsAny('\0', '\r'))
            {
                headers.Append(line[..colon], line[(colon + 1)..].Trim().Replace("{TICKET}", AnasCookie, StringComparison.Ordinal));
            }
        }

        var answer = _outpost.Ask(first[0], first[1], headers);
        Check(answer, first[1], headers);
        return answer.Response.StatusCode switch
        {
            StatusCodes.Status200OK => answer.Response.Headers["X-authentik-username"] is [{ Length: > 0 }] ? "let in" : "let in as nobody",
            StatusCodes.Status302Found => "sent to sign in",
            _ => answer.Response.Headers["X-Sidecar-Reason"].ToString(),
        };
    }

    private static void Check(HttpContext context, string target, IHeaderDictionary headers)
    {
        var answer = context.Response;
        Require(answer.Headers["X-Sidecar-Reason"] != "internal-error", "no input is an error of ours");
        if (answer.StatusCode is < 200 or >= 300)
        {
            Require(answer.StatusCode is >= 300 and < 600, "an answer has a status");
            return;
        }

        if (answer.StatusCode == StatusCodes.Status204NoContent)
        {
            Require(target.Split('?')[0] == "/outpost.goauthentik.io/ping", "only ping is 204");
            return;
        }

        Require(answer.StatusCode == StatusCodes.Status200OK, "nothing but 200 lets a request through");
        Require(!headers.Keys.Any(IsIdentity), "a request that names itself is refused");
        var (host, path) = Asked(target, headers);
        Require(host.Split(':')[0].Equals(FuzzScene.Host, StringComparison.OrdinalIgnoreCase), "the host is the application's");
        Require(!PathCheck.ClimbsSomehow(path), "a path that climbs is nobody's");
        var user = answer.Headers["X-authentik-username"].ToString();
        Require(
            user.Length == 0 ? path.Replace("//", "/", StringComparison.Ordinal).StartsWith("/public/", StringComparison.Ordinal) : headers.Cookie.ToString().Contains(FuzzScene.AnasTicket, StringComparison.Ordinal),
            "200 is for Ana with her ticket, or for a public path");
    }

    /// <summary>What the request is about, by the plainest reading that could be meant.</summary>
    private static (string Host, string Path) Asked(string target, IHeaderDictionary headers)
    {
        const string Envoy = "/outpost.goauthentik.io/auth/envoy";
        if (target.StartsWith(Envoy, StringComparison.Ordinal))
        {
            var rest = target[Envoy.Length..].Split('?')[0];
            return (headers.Host.ToString(), rest.Length == 0 ? "/" : rest);
        }

        var url = headers["X-Original-URL"].ToString();
        if (target.StartsWith("/outpost.goauthentik.io/auth/nginx", StringComparison.Ordinal) && url.Length > 0)
        {
            var start = url.IndexOf("//", StringComparison.Ordinal) + 2;
            var slash = url.IndexOf('/', start);
            return (url[start..slash], url[slash..].Split('?')[0]);
        }

        return (headers["X-Forwarded-Host"].ToString(), headers["X-Forwarded-Uri"].ToString().Split('?')[0]);
    }

    private static bool IsIdentity(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')) is "x_authentik_username" or "x_authentik_groups"
            or "x_authentik_entitlements" or "x_authentik_email" or "x_authentik_name" or "x_authentik_uid" or "x_authentik_jwt" or "x_authentik_meta_jwks"
            or "x_authentik_meta_outpost" or "x_authentik_meta_provider" or "x_authentik_meta_app" or "x_authentik_meta_version";
}
