using Sidecar.Decisions;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Outpost.Forwarding;

/// <summary>What a browser sees while the control plane is away.</summary>
internal static class AwayPage
{
    private const string Page =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark"><title>One moment</title>
        <style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}</style>
        <h1>One moment</h1><p>The sign-in service is not answering just now. Please try again in a few seconds.</p><p><small>control-plane-away</small></p></html>
        """;

    public static Task WriteAsync(HttpContext context, ForwarderError error)
    {
        var response = context.Response;
        if (error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled)
        {
            return Task.CompletedTask;
        }

        response.Clear();
        response.StatusCode = error == ForwarderError.Request ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway;
        response.Headers.RetryAfter = "5";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Sidecar-Reason"] = Reasons.IdOf(Reason.ControlPlaneAway);
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page, context.RequestAborted);
    }
}
