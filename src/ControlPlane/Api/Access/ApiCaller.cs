using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Api.Access;

/// <summary>Who calls: an active user, by token or browser session.</summary>
/// <param name="SessionId">Set when a browser's session speaks.</param>
internal sealed record ApiCaller(User User, bool IsSuperuser, Guid? SessionId)
{
    public static ValueTask<ApiCaller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<ApiCaller>());
}
