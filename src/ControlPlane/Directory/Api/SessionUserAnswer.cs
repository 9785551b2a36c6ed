using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>SessionUser</c>: who I am.</summary>
internal sealed record SessionUserAnswer(SessionUserAnswer.Self User, IReadOnlyList<SessionUserAnswer.Self> Users)
{
    /// <summary>Who it is in truth, while an administrator acts as somebody else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Self? Original { get; init; }

    internal sealed record Named(string Name, string Pk);

    internal sealed record Self(
        int Pk,
        string Username,
        string Name,
        bool IsActive,
        bool IsSuperuser,
        bool IsCurrent,
        IReadOnlyList<Named> Groups,
        IReadOnlyList<Named> Roles,
        string Email,
        string Avatar,
        string Uid,
        JsonElement Settings,
        UserType Type,
        IReadOnlyList<string> SystemPermissions);

    /// <param name="user">With its groups.</param>
    public static Self SelfOf(User user, bool isSuperuser, bool isCurrent = true) => new(
        user.Pk,
        user.Username,
        user.Name,
        user.IsActive,
        isSuperuser,
        isCurrent,
        [.. user.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => new Named(group.Name, group.Id.ToString("D")))],
        Roles: [],
        user.Email,
        Api.Avatar.Of(user),
        user.Uid,
        SettingsOf(user),
        user.Type,
        SystemPermissions: []);

    private static JsonElement SettingsOf(User user) =>
        user.Attributes.ValueKind == JsonValueKind.Object
        && user.Attributes.TryGetProperty("settings", out var settings)
        && settings.ValueKind == JsonValueKind.Object
            ? settings
            : JsonObjects.Empty;
}
