using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators.Api;

/// <summary>
/// <c>authenticators</c>: one's own devices; under <c>admin</c> everybody's. They can be named and deleted. A device is added in a flow, where it is confirmed;
/// authentik's routes that make one without are not here.
/// </summary>
internal static class DevicesApi
{
    private static readonly Ordering<AuthenticatorDevice> Ordering = new Ordering<AuthenticatorDevice>(byDefault: "name", unique: "pk")
        .With("name", device => device.Name)
        .With("pk", device => device.Id);

    public static void MapDevicesApi(this IEndpointRouteBuilder api)
    {
        var devices = api.MapGroup("authenticators");
        devices.MapGet("/all/", AllOwnAsync).ForSignedIn();
        devices.MapGet("/admin/all/", AllOfAsync).ForSuperusers();
        foreach (var kind in DeviceKind.All)
        {
            Map(devices.MapGroup(kind.Class), kind, everybodys: false, route => route.ForSignedIn());
            Map(devices.MapGroup("admin/" + kind.Class), kind, everybodys: true, route => route.ForSuperusers());
        }
    }

    private static void Map(RouteGroupBuilder routes, DeviceKind kind, bool everybodys, Func<RouteHandlerBuilder, RouteHandlerBuilder> declared)
    {
        declared(routes.MapGet("/", (QueryReader query, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
            ListAsync(Rows(kind, caller, context, everybodys), kind, query, cancel)));
        declared(routes.MapGet("/{id:int}/", async (int id, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
            await FindAsync(Rows(kind, caller, context, everybodys), id, cancel) is { } device ? ApiResults.Json(kind.AnswerOf(device)) : ApiResults.NotFound()));
        declared(routes.MapMethods("/{id:int}/", ["PUT", "PATCH"], async (int id, JsonBody body, ApiCaller caller, ApiSave save, ControlPlaneContext context, TimeProvider time, CancellationToken cancel) =>
            await FindAsync(Rows(kind, caller, context, everybodys), id, cancel) is { } device
                ? await RenameAsync(kind, device, body, save, time, cancel)
                : ApiResults.NotFound()));
        declared(routes.MapDelete("/{id:int}/", async (int id, ApiCaller caller, DeviceRemoval removal, ApiSave save, ControlPlaneContext context, CancellationToken cancel) =>
            await FindAsync(Rows(kind, caller, context, everybodys), id, cancel) is { } device
                ? await DeleteAsync(device, caller, removal, save, context, cancel)
                : ApiResults.NotFound()));
        if (!everybodys)
        {
            declared(routes.MapGet("/{id:int}/used_by/", async (int id, ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) =>
                await FindAsync(Rows(kind, caller, context, everybodys), id, cancel) is null ? ApiResults.NotFound() : ApiResults.Json(Array.Empty<UsedByAnswer>())));
        }
    }

    private static IQueryable<AuthenticatorDevice> Rows(DeviceKind kind, ApiCaller caller, ControlPlaneContext context, bool everybodys) =>
        everybodys ? kind.Rows(context) : kind.Rows(context).Where(device => device.UserId == caller.User.Id);

    private static Task<AuthenticatorDevice?> FindAsync(IQueryable<AuthenticatorDevice> rows, int id, CancellationToken cancel) =>
        rows.SingleOrDefaultAsync(device => device.Id == id, cancel);

    private static async Task<IResult> ListAsync(IQueryable<AuthenticatorDevice> rows, DeviceKind kind, QueryReader query, CancellationToken cancel)
    {
        if (query.TryText("name", out var name))
        {
            rows = rows.Where(device => device.Name == name);
        }

        return await rows.AsNoTracking().Searched(query, device => device.Name).ListAsync(query, Ordering, kind.AnswerOf, cancel);
    }

    private static async Task<IResult> RenameAsync(DeviceKind kind, AuthenticatorDevice device, JsonBody body, ApiSave save, TimeProvider time, CancellationToken cancel)
    {
        body.Ignore("pk", "user", "token_set", "created_on", "device_type", "aaguid");
        body.Require("name");
        if (body.TryText("name", out var name, AuthenticatorDevice.NameMaxLength))
        {
            (device.Name, device.UpdatedAt) = (name, time.GetUtcNow());
        }

        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(kind.AnswerOf(device));
    }

    private static async Task<IResult> DeleteAsync(AuthenticatorDevice device, ApiCaller caller, DeviceRemoval removal, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await removal.RefusalAsync(caller, device, cancel) is { } refusal)
        {
            return ApiResults.Forbidden(refusal);
        }

        context.AuthenticatorDevices.Remove(device);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> AllOwnAsync(ApiCaller caller, ControlPlaneContext context, CancellationToken cancel) => await AllAsync(context, caller.User.Id, cancel);

    private static async Task<IResult> AllOfAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        Guid? owner = query.TryNumber("user", out var pk)
            ? await context.Users.Where(user => user.Pk == pk).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancel) ?? Guid.Empty
            : null;
        return query.Finish() ? await AllAsync(context, owner, cancel) : ApiResults.Invalid(query.Errors);
    }

    private static async Task<IResult> AllAsync(ControlPlaneContext context, Guid? owner, CancellationToken cancel) => ApiResults.Json(
        (await context.AuthenticatorDevices.AsNoTracking().Where(device => owner == null || device.UserId == owner).OrderBy(device => device.Id).ToListAsync(cancel)).Select(DeviceAnswer.Of));
}
