using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.RecoveryKeys;

/// <summary>Where a link of <see cref="RecoveryKeyCommand"/> leads: a page with one button. Looking at it uses nothing up, so that what reads links in advance does not.</summary>
internal static class RecoveryKeyEndpoints
{
    public static string PathOf(string secret) => $"/recovery/use-token/{Uri.EscapeDataString(secret)}/";

    public static void MapRecoveryKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/recovery/use-token/{secret}/", ShowAsync).AllowAnonymous();
        routes.MapPost("/recovery/use-token/{secret}/", UseAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string secret, ControlPlaneContext context, AttemptLimiter attempts, PageWriter pages, BrandReader brands, TimeProvider time)
    {
        if (await FindAsync(http, secret, context, attempts, time) is not { } token)
        {
            return await RefuseAsync(http, pages);
        }

        var brand = await brands.LookAsync(http);
        return PageWriter.Page<RecoveryKeyPage>(http, brand, nameof(RecoveryKeyPage.Model), new RecoveryKeyModel(brand, PathOf(secret), token.User!.Username));
    }

    private static async Task<IResult> UseAsync(
        HttpContext http, string secret, ControlPlaneContext context, AttemptLimiter attempts, PageWriter pages, BrowserSession sessions, FlowBrowser browser, FlowRuns runs, AuditWriter audit, TimeProvider time)
    {
        if (!IsOwnPage(http) || await FindAsync(http, secret, context, attempts, time) is not { User: { } user } token)
        {
            return await RefuseAsync(http, pages);
        }

        // One save: of two who use it at once, one finds it gone and signs nobody in.
        context.Tokens.Remove(token);
        audit.Add(http, user, "login", "sidecar.recovery", token, new JsonObject { ["auth_method"] = "recovery_key" });
        try
        {
            await sessions.CreateAsync(http, user, "recovery");
        }
        catch (DbUpdateConcurrencyException)
        {
            return await RefuseAsync(http, pages);
        }

        // What this browser had begun to prove before counts no more, as after every sign-in.
        if (browser.Find(http) is { } former)
        {
            await runs.DropUnsignedAsync(FlowBrowser.HashOf(former), http.RequestAborted);
            browser.Issue(http);
        }

        return new SeeOther(Addresses.Library);
    }

    // A page of another site must not sign a browser in as somebody else.
    private static bool IsOwnPage(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "";

    private static async Task<Token?> FindAsync(HttpContext http, string secret, ControlPlaneContext context, AttemptLimiter attempts, TimeProvider time)
    {
        var address = http.Connection.RemoteIpAddress;
        if (!CredentialFormat.IsWellFormed(secret) || !(await attempts.BeginAsync(account: null, address, http.RequestAborted)).Allowed)
        {
            return null;
        }

        var hash = CredentialFormat.HashOf(secret);
        var token = await context.Tokens.Include(row => row.User).SingleOrDefaultAsync(row => row.Hash == hash, http.RequestAborted);
        if (token is not { Intent: TokenIntent.Recovery, User.IsActive: true } || !token.Identifier.StartsWith("recovery-key-", StringComparison.Ordinal) || !token.IsLive(time.GetUtcNow()))
        {
            return null;
        }

        await attempts.SucceededAsync(account: null, address, http.RequestAborted);
        return token;
    }

    private static Task<IResult> RefuseAsync(HttpContext http, PageWriter pages) => pages.MessageAsync(
        http, StatusCodes.Status403Forbidden, "This link is not valid", "It was used already, or its time is over. Make another one with \"sidecar recovery-key\".");
}
