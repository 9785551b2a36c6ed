using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>Takes a user and what is theirs out of the context; the caller saves.</summary>
internal sealed class UserErasure(ControlPlaneContext context)
{
    public async Task EraseAsync(User user, CancellationToken cancel)
    {
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
    }
}
