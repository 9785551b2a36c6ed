using Sidecar.Decisions;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>An answer that lets nobody through: why, and what may help.</summary>
internal sealed record Refusal(Reason Reason)
{
    /// <summary>What else the administrator needs to know: a name, an address, a setting. Shown, so never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>Where signing in begins, for the JSON of those who are not redirected.</summary>
    public string? SignInUrl { get; init; }

    /// <summary>Where the page's one button leads.</summary>
    public string? ActionUrl { get; init; }

    public string? ActionText { get; init; }

    /// <summary>Name of the application, when it is known.</summary>
    public string? Application { get; init; }

    public string? SetCookie { get; init; }

    /// <summary>RFC 6750 section 3, only for a refused bearer token. Never <c>Basic</c>: browsers would ask for a password.</summary>
    public string? Challenge { get; init; }
}
