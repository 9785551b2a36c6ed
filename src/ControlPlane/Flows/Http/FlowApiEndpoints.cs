using Sidecar.ControlPlane.Flows.Runs;

namespace Sidecar.ControlPlane.Flows.Http;

/// <summary>authentik's flow executor: a script signs in with it as a person does with the pages. Anybody may call it; the flow decides who may enter.</summary>
internal static class FlowApiEndpoints
{
    private const string Route = "/api/v3/flows/executor/{slug}/";

    public static void MapFlowApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, ShowAsync).AllowAnonymous();
        routes.MapPost(Route, AnswerAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string slug, string? query, FlowExecutor executor) =>
        Write(http, await executor.ShowAsync(new FlowRequest(http, slug, FlowQuery.Parse(query))));

    private static async Task<IResult> AnswerAsync(HttpContext http, string slug, string? query, FlowExecutor executor)
    {
        if (IsFromAnotherSite(http))
        {
            return Results.Json(new { detail = "Requests from other sites are not accepted." }, statusCode: StatusCodes.Status403Forbidden);
        }

        // Only JSON: a page of another site cannot send it without asking first (CORS), and here nobody answers yes.
        return await AnswerReader.FromJsonAsync(http) is { } answer
            ? Write(http, await executor.AnswerAsync(new FlowRequest(http, slug, FlowQuery.Parse(query)), answer))
            : Results.Json(new { detail = "The answer must be a JSON object (Content-Type: application/json)." }, statusCode: StatusCodes.Status400BadRequest);
    }

    private static bool IsFromAnotherSite(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    private static IResult Write(HttpContext http, FlowReply? reply)
    {
        http.Response.Headers.CacheControl = "no-store";
        return reply is null ? Results.Json(new { detail = "Not found." }, statusCode: StatusCodes.Status404NotFound) : ChallengeJson.Of(reply.Challenge);
    }
}
