using System.Text.Json.Serialization;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>UserServiceAccountResponse</c>.</summary>
internal sealed record ServiceAccountAnswer
{
    public required string Username { get; init; }

    /// <summary>The app password. It can be shown again with <c>core/tokens/…/view_key</c>.</summary>
    public required string Token { get; init; }

    public required string UserUid { get; init; }

    public required int UserPk { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? GroupPk { get; init; }

    // A record prints its members; a log line must not.
    public override string ToString() => Username;
}
