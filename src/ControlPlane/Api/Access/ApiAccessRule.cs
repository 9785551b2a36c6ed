using Microsoft.AspNetCore.Authorization;

namespace Sidecar.ControlPlane.Api.Access;

/// <summary>A route's own statement of who may call it.</summary>
internal sealed record ApiAccessRule(ApiAccess Access)
{
    /// <summary>A route that says nothing is closed; <c>AllowAnonymous</c> counts as a statement.</summary>
    public static ApiAccess Of(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ApiAccessRule>()?.Access
        ?? (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? ApiAccess.Nobody : ApiAccess.Anyone);
}
