using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers;

/// <summary>The page of a user's own devices: list, name, delete, add. Whoever is not signed in is sent to do so.</summary>
internal static class DevicePageEndpoints
{
    private const string TokenField = "page_token";

    public static void MapDevicePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Devices, ShowAsync).AllowAnonymous();
        routes.MapPost(Addresses.Devices + "{id:int}/rename/", RenameAsync).AllowAnonymous();
        routes.MapPost(Addresses.Devices + "{id:int}/delete/", DeleteAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, BrowserSession sessions, BrandReader brands, UserSettings settings, DeviceRemoval removal, ControlPlaneContext context)
    {
        if (await sessions.FindAsync(http) is not { } session || TokenOf(http) is not { } token)
        {
            return new SeeOther(Addresses.SignInThen(Addresses.Devices));
        }

        var brand = await brands.LookAsync(http);
        var devices = await context.AuthenticatorDevices.AsNoTracking().Where(device => device.UserId == session.UserId).OrderBy(device => device.Id).ToListAsync(http.RequestAborted);
        var left = await context.Set<StaticToken>().AsNoTracking()
            .Join(context.Set<StaticDevice>().Where(device => device.UserId == session.UserId), code => code.DeviceId, device => device.Id, (code, device) => device.Id)
            .ToListAsync(http.RequestAborted);
        return PageWriter.Page<DevicesPage>(http, brand, "Model", new DevicesModel
        {
            Brand = brand,
            Token = token,
            MayDelete = removal.IsRecent(session),
            Devices = [.. devices.Select(device => new DeviceEntry(device.Id, device.Name, DescriptionOf(device, left.Count(id => id == device.Id)), device.LastUsedAt))],
            Additions = [.. (await settings.ListAsync(http.RequestAborted)).Where(entry => entry.AddsDevice).Select(entry => new PageLink(entry.Description.Title, entry.Address))],
        });
    }

    private static async Task<IResult> RenameAsync(HttpContext http, int id, BrowserSession sessions, TimeProvider time, ControlPlaneContext context)
    {
        if (await FindAsync(http, id, sessions, context) is not ({ } form, { } device, _))
        {
            return new SeeOther(Addresses.Devices);
        }

        if (form["name"].ToString().Trim() is { Length: > 0 and <= AuthenticatorDevice.NameMaxLength } name && !name.Any(char.IsControl))
        {
            (device.Name, device.UpdatedAt) = (name, time.GetUtcNow());
            await context.SaveChangesAsync(http.RequestAborted);
        }

        return new SeeOther(Addresses.Devices);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, int id, BrowserSession sessions, DeviceRemoval removal, FlowStarter starter, DefaultFlowFinder finder, ControlPlaneContext context)
    {
        if (await FindAsync(http, id, sessions, context) is not (_, { } device, { } session))
        {
            return new SeeOther(Addresses.Devices);
        }

        if (!removal.IsRecent(session))
        {
            return await SignInAgainAsync(http, starter, finder, context);
        }

        removal.Remove(http, session.User!, device);
        await context.SaveChangesAsync(http.RequestAborted);
        return new SeeOther(Addresses.Devices);
    }

    private static async Task<IResult> SignInAgainAsync(HttpContext http, FlowStarter starter, DefaultFlowFinder finder, ControlPlaneContext context)
    {
        var slug = await finder.FindAsync(http, FlowDesignation.Authentication);
        return await context.Flows.AsNoTracking().SingleOrDefaultAsync(flow => flow.Slug == slug, http.RequestAborted) is { } flow
            ? new SeeOther(await starter.StartAsync(http, flow, new FlowStart { Next = Addresses.Devices, Reauthenticate = true }))
            : new SeeOther(Addresses.Devices);
    }

    // Only the device's owner, and only from the page that this session was shown.
    private static async Task<(IFormCollection Form, AuthenticatorDevice? Device, Session? Session)?> FindAsync(HttpContext http, int id, BrowserSession sessions, ControlPlaneContext context)
    {
        if (await sessions.FindAsync(http) is not { } session || !http.Request.HasFormContentType || http.Request.ContentLength is not <= 4096)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return TokenOf(http) is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form[TokenField].ToString()), Encoding.UTF8.GetBytes(token))
            ? (form, await context.AuthenticatorDevices.SingleOrDefaultAsync(device => device.Id == id && device.UserId == session.UserId, http.RequestAborted), session)
            : null;
    }

    private static string? TokenOf(HttpContext http) => http.Request.Cookies[BrowserSession.CookieName] is { } secret ? CsrfToken.Of(secret) : null;

    private static string DescriptionOf(AuthenticatorDevice device, int left) => device is StaticDevice ? $"{DeviceClass.NameOf(device.Class)}, {left} left" : DeviceClass.NameOf(device.Class);
}
