using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Pages;

/// <summary>Draws pages and says what browsers may do with them: no script but those for passkeys and captchas, no frame, nothing from elsewhere but what a captcha stage names, no copy kept.</summary>
internal sealed class PageWriter(BrandReader brands, BrowserSession sessions)
{
    public async Task<IResult> FlowAsync(HttpContext http, FlowReply reply)
    {
        await sessions.FindAsync(http);
        var brand = (await brands.LookAsync(http)).Before(reply.Challenge.FlowInfo?.Background ?? "");
        var model = new FlowPageModel { Brand = brand, Challenge = reply.Challenge, FormToken = reply.FormToken, Notice = reply.Notice };
        return Draw<FlowPage>(http, brand, StatusOf(reply.Challenge), reply.LeavesServer, reply.Challenge.NeedsScript, reply.Challenge.ScriptSources, ("Model", model));
    }

    public async Task<IResult> MessageAsync(HttpContext http, int status, string title, string text, PageLink? link = null)
    {
        // The frame shows who acts as whom.
        await sessions.FindAsync(http);
        var brand = await brands.LookAsync(http);
        return Draw<MessagePage>(http, brand, status, leavesServer: false, needsScript: false, scriptSources: null, ("Title", title), ("Text", text), ("Link", link), ("Brand", brand));
    }

    public static IResult Page<T>(HttpContext http, PageBrand brand, string parameter, object value)
        where T : IComponent => Draw<T>(http, brand, StatusCodes.Status200OK, leavesServer: false, needsScript: false, scriptSources: null, (parameter, value));

    private static RazorComponentResult<T> Draw<T>(HttpContext http, PageBrand brand, int status, bool leavesServer, bool needsScript, string? scriptSources, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        PageHeaders.Set(http.Response.Headers, brand, leavesServer, needsScript, scriptSources);
        return new RazorComponentResult<T>(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value))
        {
            PreventStreamingRendering = true,
            StatusCode = status,
        };
    }

    private static int StatusOf(Challenge challenge) => challenge switch
    {
        AccessDeniedChallenge => StatusCodes.Status403Forbidden,
        FlowErrorChallenge => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status200OK,
    };
}
