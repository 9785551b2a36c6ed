using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Deletes a user with memberships, sessions, tokens and consents; or says why not.</summary>
internal sealed class UserRemoval(ControlPlaneContext context, ApiSave save)
{
    public async Task<IResult> RemoveAsync(User user, CancellationToken cancel)
    {
        if (await context.Outposts.FirstOrDefaultAsync(outpost => outpost.ServiceAccountId == user.Id, cancel) is { } outpost)
        {
            return ApiResults.Invalid(FieldErrors.NoField, $"This is the account of the outpost \"{outpost.Name}\"; delete the outpost, and it goes too.");
        }

        // A binding stays, and then matches nobody: were it to go too, an application that admitted this user alone would open to everybody.
        foreach (var binding in await context.Bindings.Where(binding => binding.UserId == user.Id).ToListAsync(cancel))
        {
            binding.UserId = null;
        }

        context.Sessions.RemoveRange(await context.Sessions.Where(session => session.UserId == user.Id).ToListAsync(cancel));
        context.Tokens.RemoveRange(await context.Tokens.Where(token => token.UserId == user.Id).ToListAsync(cancel));
        context.Consents.RemoveRange(await context.Consents.Where(consent => consent.UserId == user.Id).ToListAsync(cancel));
        context.Memberships.RemoveRange(await context.Memberships.Where(membership => membership.UserId == user.Id).ToListAsync(cancel));
        context.Users.Remove(user);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }
}
