using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Setup;

/// <summary>
/// The last step of set-up: password, e-mail address, public address and the latch in one save. The latch is a concurrency token, so of two who
/// finish at the same moment one changes nothing.
/// </summary>
internal sealed class SetUpFinisher(PasswordSetter passwords, TimeProvider time)
{
    public async Task<StageOutcome> FinishAsync(StageVisit visit, CancellationToken cancel)
    {
        var installation = await visit.Database.Installations.SingleAsync(cancel);
        if (installation.SetUpCompletedAt is not null)
        {
            return new StageOutcome.Denied("set-up-done", "This installation was set up by somebody else in the meantime.");
        }

        if (visit.Context.NewPasswordHash is not { } hash || visit.Context.PromptData.GetValueOrDefault(SetUpFields.AddressKey) is not { Length: > 0 } address)
        {
            return new StageOutcome.StartAgain("Please fill in the form.");
        }

        if (await visit.PendingUserAsync(cancel) is not { } administrator)
        {
            return new StageOutcome.Denied("no-administrator", "The account akadmin does not exist.");
        }

        await passwords.SetAsync(administrator, hash, cancel);
        administrator.IsActive = true;
        administrator.Email = visit.Context.PromptData.GetValueOrDefault("email") is { Length: > 0 } mail ? mail : administrator.Email;
        installation.PublicAddress = address.TrimEnd('/');
        installation.SetUpCompletedAt = time.GetUtcNow();
        installation.SetUpCodeHash = null;
        await TellEmbeddedOutpostAsync(visit.Database, address, cancel);
        visit.Context = visit.Context with { NewPasswordHash = null };

        // They knew the code, or came in the first hour: until now nobody else is the administrator.
        return new StageOutcome.Passed(administrator.Id, Authenticates: true, "pwd");
    }

    // Where authentik's administrators look for it. What somebody wrote there stays.
    private static async Task TellEmbeddedOutpostAsync(ControlPlaneContext database, string address, CancellationToken cancel)
    {
        if (await database.Outposts.SingleOrDefaultAsync(outpost => outpost.Managed == Outpost.EmbeddedManaged, cancel) is { } outpost
            && OutpostConfig.TextOf(outpost.Config, OutpostConfig.HostKey).Length == 0)
        {
            var config = JsonNode.Parse(outpost.Config.GetRawText())!.AsObject();
            config[OutpostConfig.HostKey] = address;
            outpost.Config = JsonObjects.From(config);
        }
    }
}
