using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Policies;

/// <summary>Whether a user may enter an application, answered by the evaluator that decides in the outpost.</summary>
internal static class AccessCheck
{
    // Public paths are left out: they open a path to everybody, not the application to this user.
    private const string Host = "https://access-check.invalid";

    public static async Task<Decision> DecideAsync(ControlPlaneContext context, Application application, User user, CancellationToken cancel)
    {
        var bindings = await context.Bindings.AsNoTracking().Where(binding => binding.ApplicationId == application.Id).ToListAsync(cancel);
        var direct = await context.Memberships.Where(membership => membership.UserId == user.Id).Select(membership => membership.GroupId).ToListAsync(cancel);
        var snapshot = new Snapshot
        {
            Installation = Guid.Empty,
            Epoch = "access-check",
            Revision = 1,
            ChangeNumber = 0,
            BuiltAt = 0,
            Outpost = new OutpostRecord { Id = Guid.Empty, Name = "", PublicUrl = "" },
            Applications = [ApplicationOf(application, bindings)],
            Groups = await GroupsAsync(context, bindings, direct, cancel),
            TicketKeys = [],
            Brand = new BrandRecord { Title = "" },
        };
        return CompiledSnapshot.TryCompile(snapshot, out _) is { } compiled
            ? DecisionEngine.Decide(compiled.Applications[0], "/", compiled.FactsOf(PrincipalOf(user, direct)))
            : default;
    }

    private static async Task<IReadOnlyList<GroupRecord>> GroupsAsync(
        ControlPlaneContext context, List<Binding> bindings, List<Guid> direct, CancellationToken cancel)
    {
        var above = await GroupClosure.AboveAsync(context, direct, cancel);
        above.UnionWith(bindings.Where(binding => binding.GroupId is not null).Select(binding => binding.GroupId!.Value));
        var groups = await context.Groups.AsNoTracking().Where(group => above.Contains(group.Id)).Select(group => new { group.Id, group.Name }).ToListAsync(cancel);
        var parents = (await context.GroupParents.AsNoTracking().Where(link => above.Contains(link.GroupId)).ToListAsync(cancel)).ToLookup(link => link.GroupId);
        return [.. groups.Select(group => new GroupRecord
        {
            Id = group.Id,
            Name = group.Name,
            Parents = [.. parents[group.Id].Select(link => link.ParentId).Where(above.Contains)],
        })];
    }

    private static ApplicationRecord ApplicationOf(Application application, IEnumerable<Binding> bindings) => new()
    {
        Id = application.Id,
        Name = application.Name,
        Slug = application.Slug,
        BindingMode = application.PolicyEngineMode,
        Bindings = [.. bindings.OrderBy(binding => binding.Order).ThenBy(binding => binding.Id).Select(BindingRecords.Of)],
        Provider = new ProviderRecord
        {
            Id = 0,
            Name = "",
            ClientId = "access-check",
            Mode = ProviderMode.Single,
            ExternalHost = Host,
            AuthorizationUrl = "",
            EndSessionUrl = "",
            Issuer = "",
            JwksUrl = "",
        },
    };

    private static Principal PrincipalOf(User user, IReadOnlyList<Guid> groups) => new()
    {
        Id = user.Id,
        Revision = user.Revision,
        Uid = user.Uid,
        Username = user.Username,
        Name = user.Name,
        Email = user.Email,
        Active = user.IsActive,
        Groups = groups,
        Sessions = [],
    };
}
