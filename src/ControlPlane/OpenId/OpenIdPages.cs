using OpenIddict.Abstractions;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.Pages;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.OpenId;

/// <summary>What a person reads who cannot be sent back to the application.</summary>
internal sealed class OpenIdPages(PageWriter pages, ILogger<OpenIdLog.Category> log)
{
    public Task<IResult> FailureAsync(HttpContext http, OpenIddictResponse failure)
    {
        log.RequestRefused(failure.Error ?? "", failure.ErrorDescription ?? "");
        return pages.MessageAsync(
            http,
            StatusCodes.Status400BadRequest,
            "This request cannot be answered",
            $"The application sent a request that is not valid ({failure.Error}): {failure.ErrorDescription} Go back to the application and try again; "
            + "if it happens again, tell the administrator.");
    }

    /// <param name="http">The request.</param>
    /// <param name="client">The application that the user may not enter.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="again">This authorization request: whoever signs in as somebody else comes back to it.</param>
    public Task<IResult> NoAccessAsync(HttpContext http, OpenIdClient client, Reason reason, string again)
    {
        var id = Reasons.IdOf(reason);
        log.NoAccess(client.Slug, id);
        return pages.MessageAsync(
            http,
            StatusCodes.Status403Forbidden,
            "You have no access",
            $"You are signed in, but you may not use {client.Application.Name} (reason: {id}). Ask the administrator for access, or sign in as somebody else.",
            new PageLink("Sign in as somebody else", Addresses.SignOutThen(again)));
    }

    public Task<IResult> SignedOutAsync(HttpContext http, string application) => pages.MessageAsync(
        http, StatusCodes.Status200OK, "You are signed out", $"Your session has ended, at {application} and at every other application that it was used for.");
}
