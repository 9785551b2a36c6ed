using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>A user's own devices: list, name, delete, add.</summary>
internal static class DevicePage
{
    public static void MapDevicePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Devices, ShowAsync).AllowAnonymous();
        routes.MapPost(Addresses.Devices + "{id:int}/rename/", RenameAsync).AllowAnonymous();
        routes.MapPost(Addresses.Devices + "{id:int}/delete/", DeleteAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, OwnPages pages, UserSettings settings, DeviceRemoval removal, ControlPlaneContext context)
    {
        if (await pages.OpenAsync(http, Addresses.Devices) is not ({ } session, { } frame))
        {
            return OwnPages.SignIn(Addresses.Devices);
        }

        var devices = await context.AuthenticatorDevices.AsNoTracking().Where(device => device.UserId == session.UserId).OrderBy(device => device.Id).ToListAsync(http.RequestAborted);
        var left = await context.Set<StaticToken>().AsNoTracking()
            .Join(context.Set<StaticDevice>().Where(device => device.UserId == session.UserId), code => code.DeviceId, device => device.Id, (code, device) => device.Id)
            .ToListAsync(http.RequestAborted);
        return PageWriter.Page<DevicesPage>(http, frame.Brand, nameof(DevicesPage.Model), new DevicesModel
        {
            Frame = frame,
            MayDelete = removal.IsRecent(session),
            Devices = [.. devices.Select(device => new DeviceEntry(device.Id, device.Name, DescriptionOf(device, left.Count(id => id == device.Id)), device.LastUsedAt))],
            Additions = [.. (await settings.ListAsync(http.RequestAborted)).Where(entry => entry.AddsDevice).Select(entry => new PageLink(entry.Description.Title, entry.Address))],
        });
    }

    private static async Task<IResult> RenameAsync(HttpContext http, int id, OwnPages pages, ApiSave save, TimeProvider time, ControlPlaneContext context)
    {
        if (await pages.AnswerAsync(http) is ({ } session, { } form) && await FindAsync(context, id, session.UserId, http.RequestAborted) is { } device
            && form["name"].ToString().Trim() is { Length: > 0 and <= AuthenticatorDevice.NameMaxLength } name && !name.Any(char.IsControl))
        {
            (device.Name, device.UpdatedAt) = (name, time.GetUtcNow());
            await save.SaveAsync(http.RequestAborted);
        }

        return new SeeOther(Addresses.Devices);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, int id, OwnPages pages, ApiSave save, DeviceRemoval removal, SignInAgain again, ControlPlaneContext context)
    {
        if (await pages.AnswerAsync(http) is not ({ } session, _) || await FindAsync(context, id, session.UserId, http.RequestAborted) is not { } device)
        {
            return new SeeOther(Addresses.Devices);
        }

        if (!removal.IsRecent(session))
        {
            return await again.ForAsync(http, Addresses.Devices);
        }

        context.AuthenticatorDevices.Remove(device);
        await save.SaveAsync(http.RequestAborted);
        return new SeeOther(Addresses.Devices);
    }

    private static Task<AuthenticatorDevice?> FindAsync(ControlPlaneContext context, int id, Guid owner, CancellationToken cancel) =>
        context.AuthenticatorDevices.SingleOrDefaultAsync(device => device.Id == id && device.UserId == owner, cancel);

    private static string DescriptionOf(AuthenticatorDevice device, int left) => device is StaticDevice ? $"{DeviceClass.NameOf(device.Class)}, {left} left" : DeviceClass.NameOf(device.Class);
}
