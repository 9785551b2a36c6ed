namespace Sidecar.Contracts.Channel;

/// <summary>
/// Data of the stream's <c>goodbye</c> event, and the body of a 401 or 403 that the control plane itself gives: stop serving at once and delete the state.
/// </summary>
public sealed record Goodbye
{
    /// <summary><see cref="OutpostDeleted"/> or <see cref="TokenRevoked"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The installation that says so: a 401 from anything else never deletes state.</summary>
    public required Guid Installation { get; init; }

    public const string OutpostDeleted = "outpost-deleted";
    public const string TokenRevoked = "token-revoked";
}
