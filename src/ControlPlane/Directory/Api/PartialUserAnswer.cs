using System.Text.Json;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>The schema's <c>PartialUser</c>: a user as others mention them.</summary>
internal sealed record PartialUserAnswer(
    int Pk, string Username, string Name, bool IsActive, DateTimeOffset? LastLogin, string Email, JsonElement Attributes, string Uid)
{
    public static PartialUserAnswer Of(User user) =>
        new(user.Pk, user.Username, user.Name, user.IsActive, user.LastLogin, user.Email, user.Attributes, user.Uid);
}
