using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Browsers.Own;

/// <summary>What a user allowed applications to be told, and the end of it.</summary>
internal static class ConsentsPages
{
    public static void MapConsentsPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Consents, ShowAsync).AllowAnonymous();
        routes.MapPost(Addresses.Consents + "{id:int}/withdraw/", WithdrawAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, OwnPages pages, ControlPlaneContext context, TimeProvider time)
    {
        if (await pages.OpenAsync(http, Addresses.Consents) is not ({ } own, { } frame))
        {
            return OwnPages.SignIn(Addresses.Consents);
        }

        var now = time.GetUtcNow();
        var consents = await context.Consents.AsNoTracking().Include(consent => consent.Application)
            .Where(consent => consent.UserId == own.UserId && (consent.ExpiresAt == null || consent.ExpiresAt > now)).ToListAsync(http.RequestAborted);
        return PageWriter.Page<ConsentsPage>(
            http, frame.Brand, nameof(ConsentsPage.Model), new ConsentsModel(frame, [.. consents.Select(EntryOf).OrderBy(entry => entry.Application, StringComparer.OrdinalIgnoreCase)]));
    }

    private static async Task<IResult> WithdrawAsync(HttpContext http, int id, OwnPages pages, ApiSave save, ControlPlaneContext context)
    {
        if (await pages.AnswerAsync(http) is ({ } own, _)
            && await context.Consents.SingleOrDefaultAsync(consent => consent.Id == id && consent.UserId == own.UserId, http.RequestAborted) is { } consent)
        {
            context.Consents.Remove(consent);
            await save.SaveAsync(http.RequestAborted);
        }

        return new SeeOther(Addresses.Consents);
    }

    private static ConsentEntry EntryOf(Consent consent) => new(
        consent.Id,
        consent.Application!.Name,
        [.. ConsentScopes.Describe(consent.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(item => item.Name)],
        consent.ExpiresAt is { } end ? $"until {end:yyyy-MM-dd}" : "until you withdraw it");
}
