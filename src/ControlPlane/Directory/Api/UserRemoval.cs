using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Deletes a user with memberships, sessions, tokens and consents; or says why not.</summary>
internal sealed class UserRemoval(ControlPlaneContext context, UserErasure erasure, ApiSave save)
{
    public async Task<IResult> RemoveAsync(User user, CancellationToken cancel)
    {
        if (await context.Outposts.FirstOrDefaultAsync(outpost => outpost.ServiceAccountId == user.Id, cancel) is { } outpost)
        {
            return ApiResults.Invalid(FieldErrors.NoField, $"This is the account of the outpost \"{outpost.Name}\"; delete the outpost, and it goes too.");
        }

        await erasure.EraseAsync(user, cancel);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }
}
