using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit;

/// <summary>Something was put into something else or taken out. Told as a change of what it was put into: <c>{"users": {"add": [7]}}</c>.</summary>
internal sealed record AuditMembership(Type Owner, Guid OwnerId, string Field, object Member, bool Added)
{
    /// <summary>Those that the next save writes, without those that go because one of their ends goes: that is told by its own event.</summary>
    public static IReadOnlyList<AuditMembership> Detect(ChangeTracker tracker)
    {
        var gone = tracker.Entries().Where(entry => entry.State == EntityState.Deleted).Select(IdOf).ToHashSet();
        return [.. tracker.Entries().Select(Of).OfType<AuditMembership>().Where(link => !gone.Contains(link.OwnerId) && !gone.Contains(link.Member))];
    }

    /// <summary>What an event shows of the member: its <c>pk</c>.</summary>
    public async Task<JsonNode?> MemberAsync(ControlPlaneContext context, CancellationToken cancel) => Member switch
    {
        Guid user when Field == "users" => (await context.FindAsync<User>([user], cancel))?.Pk,
        Guid id => $"{id:D}",
        var number => (int)number,
    };

    private static object? IdOf(EntityEntry entry) => entry.Entity switch
    {
        User user => user.Id,
        Group group => group.Id,
        Outpost outpost => outpost.Id,
        Stage stage => stage.Id,
        Prompt prompt => prompt.Id,
        NotificationRule rule => rule.Id,
        NotificationTransport transport => transport.Id,
        Policies.Policy policy => policy.Id,
        Applications.Provider provider => provider.Id,
        _ => null,
    };

    private static AuditMembership? Of(EntityEntry entry) => entry.State is not (EntityState.Added or EntityState.Deleted) ? null : entry.Entity switch
    {
        Membership row => new(typeof(Group), row.GroupId, "users", row.UserId, entry.State == EntityState.Added),
        GroupParent row => new(typeof(Group), row.GroupId, "parents", row.ParentId, entry.State == EntityState.Added),
        StagePrompt row => new(typeof(Stage), row.StageId, "fields", row.PromptId, entry.State == EntityState.Added),
        RuleTransport row => new(typeof(NotificationRule), row.RuleId, "transports", row.TransportId, entry.State == EntityState.Added),
        StageValidation row => new(typeof(Stage), row.StageId, "validation_policies", row.PolicyId, entry.State == EntityState.Added),
        OutpostProvider row => new(typeof(Outpost), row.OutpostId, "providers", row.ProviderId, entry.State == EntityState.Added),
        _ => null,
    };
}
