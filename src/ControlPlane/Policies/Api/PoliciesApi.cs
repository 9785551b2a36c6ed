using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary><c>policies/all</c>: bindings name users and groups, so there is no policy to list.</summary>
internal static class PoliciesApi
{
    public static void MapPoliciesApi(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("policies/all");
        policies.MapGet("/", List).ForSuperusers();
        policies.MapGet("/{id:guid}/", (Guid id) => ApiResults.NotFound()).ForSuperusers();
    }

    private static IResult List(QueryReader query)
    {
        query.TryFlag("bindings__isnull", out _);
        query.TryFlag("promptstage__isnull", out _);
        query.TryText("search", out _);
        query.TryText("ordering", out _);
        var page = PageRequest.Read(query);
        return !query.Finish() ? ApiResults.Invalid(query.Errors)
            : page.Number > 1 ? ApiResults.NotFound("Invalid page.")
            : ApiResults.Json(new PageOf<string>(Pagination.Of(page, count: 0), []));
    }
}
