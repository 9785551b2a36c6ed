using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>What the pages share on which users manage what is theirs: who is signed in, the navigation, and proof that a form came from such a page.</summary>
internal sealed class OwnPages(ControlPlaneContext database, BrowserSession sessions, BrandReader brands, UserSettings settings, ChangeTrail trail)
{
    private const string App = "sidecar.self-service";
    private const int MaxForm = 4096;

    /// <summary>Null: nobody is signed in.</summary>
    public async Task<(Session Session, OwnFrame Frame)?> OpenAsync(HttpContext http, string address)
    {
        if (await sessions.FindAsync(http) is not { } session || TokenOf(http) is not { } token)
        {
            return null;
        }

        return (session, new OwnFrame { Brand = await brands.LookAsync(http), Token = token, Current = address, Links = await LinksAsync(http) });
    }

    /// <summary>The form of a page of ours; null: nobody is signed in, another site made it up, or an administrator acts as somebody else, who changes nothing.</summary>
    public async Task<(Session Session, IFormCollection Form)?> AnswerAsync(HttpContext http)
    {
        if (await sessions.FindAsync(http) is not { } session || http.Features.Get<ActingAs>() is not null || await FormAsync(http) is not { } form)
        {
            return null;
        }

        trail.Begin(http, session.User, App);
        return (session, form);
    }

    /// <summary>The same without asking who acts as whom; nothing is changed with it but that.</summary>
    public static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is not <= MaxForm || TokenOf(http) is not { } token)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form[OwnFrame.TokenField].ToString()), Encoding.UTF8.GetBytes(token)) ? form : null;
    }

    public static IResult SignIn(string address) => new SeeOther(Addresses.SignInThen(address));

    private static string? TokenOf(HttpContext http) => http.Request.Cookies[BrowserSession.CookieName] is { } secret ? CsrfToken.Of(secret) : null;

    private async Task<IReadOnlyList<PageLink>> LinksAsync(HttpContext http)
    {
        var brand = await brands.FindAsync(http);
        var details = await database.Flows.Where(flow => brand != null && flow.Id == brand.FlowUserSettingsId).Select(flow => flow.Slug).SingleOrDefaultAsync(http.RequestAborted);
        return
        [
            new PageLink("My applications", Addresses.Library),
            .. details is null ? Array.Empty<PageLink>() : [new PageLink("Details", Addresses.OfFlow(details, $"next={Uri.EscapeDataString(Addresses.Library)}"))],

            // Such as the password, where a stage names a flow to change it.
            .. (await settings.ListAsync(http.RequestAborted)).Where(entry => !entry.AddsDevice).DistinctBy(entry => entry.Flow).Select(entry => new PageLink(entry.Description.Title, entry.Address)),
            new PageLink("Sign-in devices", Addresses.Devices),
            new PageLink("Sessions", Addresses.Sessions),
            new PageLink("Tokens", Addresses.Tokens),
            new PageLink("Consents", Addresses.Consents),
        ];
    }
}
