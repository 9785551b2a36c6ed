using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Setup;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>
/// Writes what a prompt stage asked for to the user: to the one who is proven to sit at the browser, or, in an enrolment flow only, to a new one.
/// </summary>
internal sealed class UserWriteStage(BrowserSession sessions, OwnAccount own, SetUpFinisher setUp, PasswordSetter passwords, ChangeTrail trail, InvitationBook invitations, TimeProvider time) : IStageHandler
{
    private const string AttributePrefix = "attributes.";

    public string Kind => StageKind.UserWrite;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        if (visit.Context.Start.SetUp)
        {
            var outcome = await setUp.FinishAsync(visit, cancel);
            if (outcome is StageOutcome.Passed)
            {
                Tell(visit, (await visit.PendingUserAsync(cancel))!);
            }

            return outcome;
        }

        if (visit.Context.PromptData.GetValueOrDefault("username") is { Length: > 0 } name && UserName.ProblemOf(name) is { } problem && (await visit.PendingUserAsync(cancel))?.Username != name)
        {
            return new StageOutcome.Denied("name-refused", problem);
        }

        // A settings flow must never make an account, whatever its stage says.
        var mode = visit.Settings.Text(UserWriteSettings.CreationMode, UserWriteSettings.CreateWhenRequired);
        var creates = visit.Flow.Designation == FlowDesignation.Enrollment && mode != UserWriteSettings.NeverCreate;
        if (!(creates && mode == UserWriteSettings.AlwaysCreate) && await visit.PendingUserAsync(cancel) is { } user)
        {
            return await own.IsOwnAsync(visit, user) ? await ChangeAsync(visit, user, cancel) : new StageOutcome.Denied("not-authenticated", "Sign in first.");
        }

        return creates
            ? await CreateAsync(visit, cancel)
            : new StageOutcome.Denied("no-user", "There is no user to change.");
    }

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => EnterAsync(visit, cancel);

    private async Task<StageOutcome> ChangeAsync(StageVisit visit, User user, CancellationToken cancel)
    {
        if (await invitations.UseAsync(visit, user.Username, cancel) is { } gone)
        {
            return gone;
        }

        await WriteAsync(visit, user, cancel);
        Tell(visit, user);
        if (visit.Context.NewPasswordHash is not null)
        {
            // Whoever knew the old password may be signed in with it.
            var own = (await sessions.FindAsync(visit.Http))?.Id;
            visit.Database.Sessions.RemoveRange(await visit.Database.Sessions.Where(row => row.UserId == user.Id && row.Id != own).ToListAsync(cancel));
        }

        visit.Context = visit.Context with { NewPasswordHash = null };
        return new StageOutcome.Passed(user.Id);
    }

    private async Task<StageOutcome> CreateAsync(StageVisit visit, CancellationToken cancel)
    {
        if (visit.Context.PromptData.GetValueOrDefault("username") is not { Length: > 0 } name)
        {
            return new StageOutcome.Denied("no-user", "No user name was asked for.");
        }

        var key = LookupKey.Of(name);
        if (await visit.Database.Users.AnyAsync(row => row.UsernameKey == key, cancel))
        {
            return new StageOutcome.Denied("name-taken", "This user name is taken.");
        }

        if (await invitations.UseAsync(visit, name, cancel) is { } gone)
        {
            return gone;
        }

        var user = new User
        {
            Username = name,
            DateJoined = time.GetUtcNow(),
            IsActive = !visit.Settings.Flag(UserWriteSettings.CreateInactive, true),
            Type = visit.Settings.Text(UserWriteSettings.Type, "external") == "internal" ? UserType.Internal : UserType.External,
        };
        if (visit.Settings.Text(UserWriteSettings.PathTemplate) is { Length: > 0 } path)
        {
            user.Path = path;
        }

        await WriteAsync(visit, user, cancel);
        visit.Database.Users.Add(user);
        Tell(visit, user);
        if (visit.Settings.Id(UserWriteSettings.CreateGroup) is { } group)
        {
            visit.Database.Memberships.Add(new Membership { UserId = user.Id, GroupId = group });
        }

        visit.Context = visit.Context with { PendingUser = user.Id, NewPasswordHash = null };

        // Nobody else can be meant by an account that this very run made.
        return new StageOutcome.Passed(user.Id, Authenticates: true, "enrollment");
    }

    private void Tell(StageVisit visit, User user)
    {
        trail.Begin(visit.Http, user, "sidecar.flows");
        trail.Note(user);
    }

    private async Task WriteAsync(StageVisit visit, User user, CancellationToken cancel)
    {
        var data = visit.Context.PromptData;
        user.Username = data.GetValueOrDefault("username") is { Length: > 0 } username ? username : user.Username;
        user.Name = data.GetValueOrDefault("name") ?? user.Name;
        user.Email = data.GetValueOrDefault("email") ?? user.Email;
        foreach (var (key, value) in data.Where(pair => pair.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)))
        {
            user.Attributes = WithAttribute(user, key[AttributePrefix.Length..].Split('.'), value);
        }

        if (visit.Context.NewPasswordHash is { } hash)
        {
            await passwords.SetAsync(user, hash, cancel);
        }
    }

    private static System.Text.Json.JsonElement WithAttribute(User user, string[] path, string value)
    {
        var root = JsonNode.Parse(user.Attributes.GetRawText())!.AsObject();
        var at = root;
        foreach (var key in path[..^1])
        {
            if (at[key] is not JsonObject)
            {
                at[key] = new JsonObject();
            }

            at = at[key]!.AsObject();
        }

        at[path[^1]] = value;
        return JsonObjects.From(root);
    }
}
