using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;
using Sidecar.Decisions;

namespace Sidecar.ControlPlane.Policies;

/// <summary>What a user may enter, for many applications at once; for one, see <see cref="AccessCheck"/>.</summary>
internal sealed class ApplicationAccess(ControlPlaneContext context)
{
    /// <summary>The applications that the user may enter.</summary>
    public async Task<HashSet<Guid>> OpenToAsync(User user, CancellationToken cancel)
    {
        var (compiled, facts) = await CompileAsync(user, cancel);
        return [.. compiled.Applications.Where(application => DecisionEngine.Decide(application, "/", facts).Verdict == Verdict.Allow).Select(application => application.Record.Id)];
    }

    private async Task<(CompiledSnapshot Compiled, PrincipalFacts Facts)> CompileAsync(User user, CancellationToken cancel)
    {
        var bindings = (await context.Bindings.AsNoTracking().Where(binding => binding.ApplicationId != null).ToListAsync(cancel))
            .ToLookup(binding => binding.ApplicationId!.Value);
        var records = (await context.Applications.AsNoTracking().ToListAsync(cancel)).ConvertAll(application => RecordOf(application, bindings[application.Id]));
        var snapshot = new Snapshot
        {
            Installation = Guid.Empty,
            Epoch = "",
            Revision = 0,
            ChangeNumber = 0,
            BuiltAt = 0,
            Outpost = new OutpostRecord { Id = Guid.Empty, Name = "", PublicUrl = "" },
            Applications = records,
            Groups = await GroupsAsync(cancel),
            TicketKeys = [],
            Brand = new BrandRecord { Title = "" },
        };
        var compiled = CompiledSnapshot.TryCompile(snapshot, out var problem) ?? throw new InvalidOperationException(problem);
        return (compiled, compiled.FactsOf(await PrincipalAsync(user, cancel)));
    }

    private async Task<List<GroupRecord>> GroupsAsync(CancellationToken cancel)
    {
        var parents = (await context.GroupParents.AsNoTracking().ToListAsync(cancel)).ToLookup(link => link.GroupId, link => link.ParentId);
        var groups = await context.Groups.AsNoTracking().Select(group => new { group.Id, group.Name }).ToListAsync(cancel);
        return groups.ConvertAll(group => new GroupRecord { Id = group.Id, Name = group.Name, Parents = [.. parents[group.Id]] });
    }

    private async Task<Principal> PrincipalAsync(User user, CancellationToken cancel) => new()
    {
        Id = user.Id,
        Revision = user.Revision,
        Uid = user.Uid,
        Username = user.Username,
        Name = user.Name,
        Email = user.Email,
        Active = user.IsActive,
        Groups = await context.Memberships.Where(membership => membership.UserId == user.Id).Select(membership => membership.GroupId).ToListAsync(cancel),
        Sessions = [],
    };

    // Who may enter depends on nothing that the provider says, and an application may have none.
    private static ApplicationRecord RecordOf(Application application, IEnumerable<Binding> bindings) => new()
    {
        Id = application.Id,
        Name = application.Name,
        Slug = application.Slug,
        BindingMode = application.PolicyEngineMode,
        Bindings = [.. bindings.Select(BindingRecords.Of)],
        Provider = new ProviderRecord
        {
            Id = 0,
            Name = "",
            ClientId = application.Id.ToString("D"),
            Mode = ProviderMode.Single,
            ExternalHost = "",
            AuthorizationUrl = "",
            EndSessionUrl = "",
            Issuer = "",
            JwksUrl = "",
        },
    };
}
