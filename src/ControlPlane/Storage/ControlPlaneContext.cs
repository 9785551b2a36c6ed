using System.Text.Json;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Storage;

/// <summary>The database. Each entity's mapping lies beside the entity.</summary>
internal abstract class ControlPlaneContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Application> Applications => Set<Application>();

    public DbSet<AttemptRecord> Attempts => Set<AttemptRecord>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<Binding> Bindings => Set<Binding>();

    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<ChangeCounter> ChangeCounter => Set<ChangeCounter>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Flow> Flows => Set<Flow>();

    public DbSet<FlowRun> FlowRuns => Set<FlowRun>();

    public DbSet<FlowStageBinding> FlowStageBindings => Set<FlowStageBinding>();

    public DbSet<Group> Groups => Set<Group>();

    public DbSet<GroupParent> GroupParents => Set<GroupParent>();

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<KeyRecord> Keys => Set<KeyRecord>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<OutpostInstance> OutpostInstances => Set<OutpostInstance>();

    public DbSet<OutpostProvider> OutpostProviders => Set<OutpostProvider>();

    public DbSet<Outpost> Outposts => Set<Outpost>();

    public DbSet<Prompt> Prompts => Set<Prompt>();

    public DbSet<Provider> Providers => Set<Provider>();

    public DbSet<ProxyProvider> ProxyProviders => Set<ProxyProvider>();

    public DbSet<RetiredOutpostToken> RetiredOutpostTokens => Set<RetiredOutpostToken>();

    public DbSet<SessionGrant> SessionGrants => Set<SessionGrant>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Stage> Stages => Set<Stage>();

    public DbSet<StoredSnapshot> Snapshots => Set<StoredSnapshot>();

    public DbSet<TokenGrant> TokenGrants => Set<TokenGrant>();

    public DbSet<Token> Tokens => Set<Token>();

    public DbSet<User> Users => Set<User>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var newUsers = ChangeTracker.Entries<User>().Where(entry => entry.State == EntityState.Added && entry.Entity.Pk == 0).ToList();
        if (newUsers.Count > 0)
        {
            var counter = await ChangeCounter.SingleAsync(cancellationToken);
            foreach (var user in newUsers)
            {
                user.Entity.Pk = ++counter.LastUserPk;
            }
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ControlPlaneContext).Assembly);

        // The naming convention leaves names alone that a library sets.
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreApplication>().ToTable("openid_applications");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreAuthorization>().ToTable("openid_authorizations");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreScope>().ToTable("openid_scopes");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken>().ToTable("openid_tokens");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<JsonElement>().HaveConversion<JsonConverter, JsonConverter.Comparer>();
        foreach (var type in StoredEnums())
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(SnakeCaseEnumConverter<>).MakeGenericType(type)).HaveMaxLength(64);
        }
    }

    private static IEnumerable<Type> StoredEnums() =>
        typeof(ControlPlaneContext).Assembly.GetTypes().Where(type => type.IsEnum && !type.IsNested).Concat([typeof(BindingMode), typeof(GroupChoice)]);
}
