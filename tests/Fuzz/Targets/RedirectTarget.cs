using Sidecar.Outpost.SignIn;

namespace Sidecar.Fuzz.Targets;

/// <summary>First line: which scope. The rest: a query of <c>/start</c> if it begins with <c>?</c>, else the address itself.</summary>
internal sealed class RedirectTarget : FuzzTarget
{
    private readonly Dictionary<char, ReturnScope> _scopes = new()
    {
        ['s'] = new(Origin.TryCreate("https://wiki.example")!, ""),
        ['p'] = new(Origin.TryCreate("http://wiki.example:8080")!, ""),
        ['d'] = new(Origin.TryCreate("https://login.example.com")!, "example.com"),
        ['6'] = new(Origin.TryCreate("https://[2001:db8::1]:9443")!, ""),
    };

    public override string Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2 || !_scopes.TryGetValue((char)input[0], out var scope))
        {
            return Skipped;
        }

        var text = Text(input[2..]);
        var wanted = text.StartsWith('?') ? QueryReader.ReturnTo(text.AsSpan(1)) : text;
        if (wanted is null || ReturnUrl.Validate(wanted, scope, scope.Origin.Text) is not { } address)
        {
            return "refused";
        }

        Check(address, scope);
        return address;
    }

    // As a browser reads it (WHATWG URL): controls dropped, backslashes slashes, the authority up to the first slash, question mark or number sign.
    private static void Check(string address, ReturnScope scope)
    {
        Require(address.All(c => c is > ' ' and < '\u007f' and not '\\'), "only printable ASCII");
        Require(address.StartsWith(scope.Origin.Scheme + "://", StringComparison.Ordinal), "the scheme is the application's");
        var authority = address[(scope.Origin.Scheme.Length + 3)..].Split('/', '?', '#')[0];
        var port = scope.Origin.Authority[scope.Origin.Host.Length..];
        Require(authority.EndsWith(port, StringComparison.Ordinal), "the port is the application's");
        var host = authority[..^port.Length];
        var isBelow = scope.CookieDomain.Length > 0 && (host == scope.CookieDomain || host.EndsWith("." + scope.CookieDomain, StringComparison.Ordinal))
            && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
        Require(host == scope.Origin.Host || isBelow, "the host is the application's");
        Require(Uri.TryCreate(address, UriKind.Absolute, out var uri), "it is an address");
        Require(!uri!.AbsolutePath.StartsWith("/outpost.goauthentik.io", StringComparison.OrdinalIgnoreCase), "it does not lead back into the sign-in");
    }
}
