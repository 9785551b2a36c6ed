using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api;

/// <summary>Saves what a request changed, in one transaction: everything or nothing.</summary>
internal sealed class ApiSave(ControlPlaneContext context, Superusers superusers)
{
    /// <summary>Null: saved. A body with mistakes changes nothing.</summary>
    public async Task<IResult?> SaveAsync(JsonBody body, CancellationToken cancel) =>
        body.Finish() ? await SaveAsync(cancel) : ApiResults.Invalid(body.Errors);

    /// <summary>Null: saved.</summary>
    public async Task<IResult?> SaveAsync(CancellationToken cancel)
    {
        await using var write = await context.BeginWriteAsync(cancel);
        var administered = await superusers.AnyActiveAsync(cancel);
        try
        {
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Looked for before, so somebody else was faster.
            return ApiResults.Invalid(FieldErrors.NoField, "Another request changed the same object, or took the same name, at the same time. Read it again and retry.");
        }

        if (administered && !await superusers.AnyActiveAsync(cancel))
        {
            return ApiResults.Invalid(
                FieldErrors.NoField, "This would leave no active user who can administer the installation. Put another user into a superuser group first.");
        }

        await write.CommitAsync(cancel);
        return null;
    }
}
