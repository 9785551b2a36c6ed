namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>What a run was started with and keeps to its end.</summary>
internal sealed record RunStart
{
    /// <summary>The query of the first visit: the same browser at the same address goes on with the same run.</summary>
    public string Query { get; init; } = "";

    /// <summary>Where the browser goes at the end: a path of this server. Null: the user's library.</summary>
    public string? Next { get; init; }

    /// <summary>What the end of the run allows (see <see cref="FlowProofs"/>); null: nothing beyond itself.</summary>
    public string? Purpose { get; init; }

    public string? RequestHash { get; init; }

    public Guid? Application { get; init; }

    public int? Provider { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Sign in again although there is a session (OpenID Connect <c>prompt=login</c>).</summary>
    public bool Reauthenticate { get; init; }

    /// <summary>Only this user may come out signed in.</summary>
    public Guid? OnlyUser { get; init; }

    /// <summary>The session at the start, which the run must end with unless it makes a new one.</summary>
    public Guid? Session { get; init; }

    /// <summary>This is the set-up of the installation.</summary>
    public bool SetUp { get; init; }

    /// <summary>Started by another part of the product, not by an address that anybody can open.</summary>
    public bool FromInside { get; init; }

    /// <summary>An invitation let it in. It may be used up by now.</summary>
    public bool Invited { get; init; }

    /// <summary>A mailed link led here.</summary>
    public bool ByLink { get; init; }
}
