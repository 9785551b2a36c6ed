using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>What every stage that adds a device asks first and does last.</summary>
internal sealed class Enrolment(ProvenUser proven, ChangeTrail trail)
{
    /// <summary>Whose device it will be, or why there will be none.</summary>
    public async Task<(User? User, StageOutcome.Denied? Refusal)> BeginAsync(StageVisit visit, CancellationToken cancel)
    {
        // Somebody who only typed a name must not add a device to that account.
        if (await proven.FindAsync(visit, cancel) is not { } user)
        {
            return (null, new StageOutcome.Denied("not-authenticated", "Sign in first."));
        }

        return await visit.Database.AuthenticatorDevices.CountAsync(device => device.UserId == user.Id, cancel) >= AuthenticatorDevice.MaxPerUser
            ? (null, new StageOutcome.Denied("too-many-devices", "You have too many devices. Delete one in your settings first."))
            : (user, null);
    }

    public void Add(StageVisit visit, User user, AuthenticatorDevice device)
    {
        visit.Database.AuthenticatorDevices.Add(device);
        trail.Begin(visit.Http, user, "sidecar.flows");
        foreach (var replaced in visit.Database.ChangeTracker.Entries<AuthenticatorDevice>().Where(entry => entry.State == EntityState.Deleted).Select(entry => entry.Entity).ToList())
        {
            trail.Note(replaced);
        }

        trail.Note(device);
    }
}
