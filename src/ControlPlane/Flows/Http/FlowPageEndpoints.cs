using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Pages;

namespace Sidecar.ControlPlane.Flows.Http;

/// <summary>The flows as pages. Anybody may open them; the flow decides who may enter.</summary>
internal static class FlowPageEndpoints
{
    public const string TokenField = "flow_token";

    private const string Route = "/if/flow/{slug}/";

    public static void MapFlowPages(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Route, ["GET", "HEAD"], ShowAsync).AllowAnonymous();
        routes.MapPost(Route, AnswerAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string slug, FlowExecutor executor, PageWriter pages) =>
        await WriteAsync(http, pages, await executor.ShowAsync(RequestOf(http, slug, null)));

    private static async Task<IResult> AnswerAsync(HttpContext http, string slug, FlowExecutor executor, PageWriter pages)
    {
        if (await AnswerReader.FromFormAsync(http) is not var (answer, token))
        {
            return await WriteAsync(http, pages, await executor.ShowAsync(RequestOf(http, slug, null), FlowExecutor.StartedOver));
        }

        return await WriteAsync(http, pages, await executor.AnswerAsync(RequestOf(http, slug, token), answer));
    }

    private static FlowRequest RequestOf(HttpContext http, string slug, string? token) =>
        new(http, slug, FlowQuery.Parse(http.Request.QueryString.Value), token) { FromPage = true };

    private static async Task<IResult> WriteAsync(HttpContext http, PageWriter pages, FlowReply? reply) => reply switch
    {
        null => await pages.MessageAsync(http, StatusCodes.Status404NotFound, "Page not found", "There is no such page here."),

        // 303: the browser asks for the next page with GET, and a reload repeats nothing.
        { Challenge: RedirectChallenge redirect } => new SeeOther(redirect.To),
        _ => await pages.FlowAsync(http, reply),
    };
}
