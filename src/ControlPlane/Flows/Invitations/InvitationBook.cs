using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Invitations;

/// <summary>Finds invitations and uses them up. Whether one has expired is looked at when it is used, whatever was swept by then.</summary>
internal sealed class InvitationBook(ControlPlaneContext database, TimeProvider time)
{
    /// <summary>authentik's name of the invitation in a flow's address.</summary>
    public const string QueryKey = "itoken";

    /// <summary>Whether the address brings one, good or not.</summary>
    public static bool IsIn(string query) => QueryHelpers.ParseQuery(query).ContainsKey(QueryKey);

    /// <summary>Null: the address brings none that lets into this flow.</summary>
    public async Task<Invitation?> FindAsync(string query, Guid flow, CancellationToken cancel) =>
        QueryHelpers.ParseQuery(query).TryGetValue(QueryKey, out var texts) && texts is [var text] && Guid.TryParse(text, out var id) ? await FindAsync(id, flow, cancel) : null;

    public async Task<Invitation?> FindAsync(Guid id, Guid flow, CancellationToken cancel) =>
        await database.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancel) is { } found && found.IsLiveFor(flow, time.GetUtcNow()) ? found : null;

    /// <summary>
    /// An account is written for the run: a single-use invitation is deleted in the same save, which fails when somebody was faster. Null: all is well.
    /// </summary>
    public async Task<StageOutcome.Denied?> UseAsync(StageVisit visit, string username, CancellationToken cancel)
    {
        if (visit.Context.Invitation is not { } id)
        {
            return null;
        }

        if (await FindAsync(id, visit.Flow.Id, cancel) is not { } invitation)
        {
            return Gone;
        }

        if (invitation.SingleUse)
        {
            database.Invitations.Remove(invitation);
        }

        database.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = "invitation_used",
            App = "sidecar.flows",
            Username = username,
            ClientIp = $"{visit.Http.Connection.RemoteIpAddress}",
            Context = JsonObjects.From(new JsonObject { ["invitation"] = invitation.Name }),
        });
        return null;
    }

    public static StageOutcome.Denied Gone { get; } = new("invitation-invalid", "This invitation was used already, has expired, or is for another page. Ask for a new one.");

    /// <summary>By field key: <c>{"attributes": {"a": "b"}}</c> is <c>attributes.a</c>.</summary>
    public static IReadOnlyDictionary<string, string> AnswersOf(Invitation invitation)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(answers, "", invitation.FixedData);
        return answers;
    }

    private static void Add(Dictionary<string, string> answers, string prefix, JsonElement from)
    {
        foreach (var member in from.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Add(answers, $"{prefix}{member.Name}.", member.Value);
            }
            else
            {
                answers[prefix + member.Name] = member.Value.ValueKind switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => member.Value.ToString(),
                };
            }
        }
    }
}
