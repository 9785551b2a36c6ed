using Sidecar.Demo.Edge.ForwardAuth;

namespace Sidecar.Demo.Edge.Labels;

internal static class MiddlewareLabels
{
    public static EdgeMiddlewareOptions Read(LabelTree tree, string name, Func<string, int, Uri> locate) =>
        tree.Names($"traefik.http.middlewares.{name}").Select(kind => kind.ToLowerInvariant()).ToList() switch
        {
            ["forwardauth"] => ForwardAuth(tree, name, locate),
            ["stripprefix"] => new StripPrefixOptions(name, tree.List($"traefik.http.middlewares.{name}.stripprefix.prefixes")),
            var kinds => throw new EdgeConfigurationException($"middleware {name} is of no known kind: {string.Join(", ", kinds)}"),
        };

    private static ForwardAuthOptions ForwardAuth(LabelTree tree, string name, Func<string, int, Uri> locate)
    {
        var at = $"traefik.http.middlewares.{name}.forwardauth.";
        return new ForwardAuthOptions(name, Located(tree.Text(at + "address"), locate))
        {
            Tls = tree.Has(at + "tls.ca") || tree.Has(at + "tls.cert") || tree.Has(at + "tls.insecureskipverify") ? Tls(tree, at + "tls.") : null,
            TrustForwardHeader = tree.Flag(at + "trustforwardheader"),
            AuthResponseHeaders = tree.List(at + "authresponseheaders"),
            AuthResponseHeadersRegex = tree.Text(at + "authresponseheadersregex"),
            AuthRequestHeaders = tree.List(at + "authrequestheaders"),
            AddAuthCookiesToResponse = tree.List(at + "addauthcookiestoresponse"),
            HeaderField = tree.Text(at + "headerfield"),
            ForwardBody = tree.Flag(at + "forwardbody") ?? false,
            MaxBodySize = tree.Long(at + "maxbodysize", -1),
            PreserveLocationHeader = tree.Flag(at + "preservelocationheader") ?? false,
            PreserveRequestMethod = tree.Flag(at + "preserverequestmethod") ?? false,
            MaxResponseBodySize = tree.Has(at + "maxresponsebodysize") ? tree.Long(at + "maxresponsebodysize", -1) : null,
            AuthSigninUrl = tree.Text(at + "authsigninurl"),
        };
    }

    private static ForwardAuthTls Tls(LabelTree tree, string at) => new()
    {
        Ca = tree.Text(at + "ca"),
        Cert = tree.Text(at + "cert"),
        Key = tree.Text(at + "key"),
        InsecureSkipVerify = tree.Flag(at + "insecureskipverify") ?? false,
    };

    /// <summary>The address as written, at the place where that container's port really is.</summary>
    private static string Located(string address, Func<string, int, Uri> locate) =>
        Uri.TryCreate(address, UriKind.Absolute, out var written)
            ? $"{written.Scheme}://{locate(written.Host, written.Port).Authority}{written.PathAndQuery}"
            : address;
}
