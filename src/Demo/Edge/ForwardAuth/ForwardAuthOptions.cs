namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>The forwardAuth middleware's options under Traefik's names, with Traefik's defaults.</summary>
public sealed record ForwardAuthOptions(string Name, string Address) : EdgeMiddlewareOptions(Name)
{
    public ForwardAuthTls? Tls { get; init; }

    /// <summary>Absent is not false in the newer releases: it is the behaviour of the older ones' false.</summary>
    public bool? TrustForwardHeader { get; init; }

    public IReadOnlyList<string> AuthResponseHeaders { get; init; } = [];

    public string AuthResponseHeadersRegex { get; init; } = "";

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> AuthRequestHeaders { get; init; } = [];

    public IReadOnlyList<string> AddAuthCookiesToResponse { get; init; } = [];

    public string HeaderField { get; init; } = "";

    public bool ForwardBody { get; init; }

    /// <summary>-1: unlimited.</summary>
    public long MaxBodySize { get; init; } = -1;

    public bool PreserveLocationHeader { get; init; }

    public bool PreserveRequestMethod { get; init; }

    /// <summary>Absent or negative: unlimited.</summary>
    public long? MaxResponseBodySize { get; init; }

    public string AuthSigninUrl { get; init; } = "";

    /// <summary>The 30 seconds are fixed in Traefik; shorter here so that a test need not wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
