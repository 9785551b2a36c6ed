using System.Text.Json;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Authenticators.WebAuthn;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Flows.Links;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.OpenId.IssuedTokens;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Reputations;
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

    public DbSet<AuthenticatorDevice> AuthenticatorDevices => Set<AuthenticatorDevice>();

    public DbSet<Binding> Bindings => Set<Binding>();

    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<ChangeCounter> ChangeCounter => Set<ChangeCounter>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Flow> Flows => Set<Flow>();

    public DbSet<FlowRun> FlowRuns => Set<FlowRun>();

    public DbSet<FlowStageBinding> FlowStageBindings => Set<FlowStageBinding>();

    public DbSet<FormerPassword> FormerPasswords => Set<FormerPassword>();

    public DbSet<Group> Groups => Set<Group>();

    public DbSet<GroupParent> GroupParents => Set<GroupParent>();

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<IssuedToken> IssuedTokens => Set<IssuedToken>();

    public DbSet<KeyRecord> Keys => Set<KeyRecord>();

    public DbSet<MailedLink> MailedLinks => Set<MailedLink>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<NotificationDelivery> NotificationDeliveries => Set<NotificationDelivery>();

    public DbSet<NotificationRule> NotificationRules => Set<NotificationRule>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<NotificationTransport> NotificationTransports => Set<NotificationTransport>();

    public DbSet<OutpostInstance> OutpostInstances => Set<OutpostInstance>();

    public DbSet<OutpostProvider> OutpostProviders => Set<OutpostProvider>();

    public DbSet<Outpost> Outposts => Set<Outpost>();

    public DbSet<Policy> Policies => Set<Policy>();

    public DbSet<Prompt> Prompts => Set<Prompt>();

    public DbSet<Provider> Providers => Set<Provider>();

    public DbSet<ProxyProvider> ProxyProviders => Set<ProxyProvider>();

    public DbSet<QueuedMail> QueuedMails => Set<QueuedMail>();

    public DbSet<ReputationScore> ReputationScores => Set<ReputationScore>();

    public DbSet<RetiredOutpostToken> RetiredOutpostTokens => Set<RetiredOutpostToken>();

    public DbSet<SessionGrant> SessionGrants => Set<SessionGrant>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();

    public DbSet<Stage> Stages => Set<Stage>();

    public DbSet<StageValidation> StageValidations => Set<StageValidation>();

    public DbSet<StoredSnapshot> Snapshots => Set<StoredSnapshot>();

    public DbSet<TokenGrant> TokenGrants => Set<TokenGrant>();

    public DbSet<Token> Tokens => Set<Token>();

    public DbSet<User> Users => Set<User>();

    /// <summary>Set on SQLite; see <see cref="WriteLane"/>.</summary>
    public WriteLane? Lane { get; init; }

    /// <summary>Raised when events were added; see <see cref="EventSignal"/>.</summary>
    public EventSignal? Events { get; init; }

    /// <summary>Held while a statement of its own runs; see <see cref="WriteLaneStatements"/>.</summary>
    public IDisposable? StatementTurn { get; set; }

    /// <summary>Numbers that this context's open transaction has taken and nobody has been told of yet.</summary>
    public long PendingChange { get; set; }

    /// <summary>A mail was added that the sender has not been told of yet; see <see cref="MailAnnouncer"/>.</summary>
    public bool HasNewMail { get; set; }

    /// <summary>Begins writes that belong together. A single save needs none: it has a transaction of its own.</summary>
    public async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancel)
    {
        var lane = Lane is null ? null : await Lane.EnterAsync(cancel);
        try
        {
            return new WriteTransaction(await Database.BeginTransactionAsync(cancel), lane);
        }
        catch
        {
            lane?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves, and in the same transaction appends to the change log what outposts must hear of it. Statements that pass by this method
    /// (<c>ExecuteUpdate</c>, <c>ExecuteDelete</c>, SQL) are for data that no outpost knows of.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var tells = Events is not null && ChangeTracker.Entries<AuditEvent>().Any(entry => entry.State == EntityState.Added);
        var count = await SaveAndTellOutpostsAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (tells)
        {
            Events!.Raise();
        }

        return count;
    }

    private async Task<int> SaveAndTellOutpostsAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        await ImpersonationEnds.FollowAsync(this, cancellationToken);
        var touched = ChangeDetector.Detect(this);
        if (Database.CurrentTransaction is not null)
        {
            return await SaveAsync(touched, acceptAllChangesOnSuccess, cancellationToken);
        }

        if (touched.IsEmpty)
        {
            using var turn = Lane is null ? null : await Lane.EnterAsync(cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        await using var write = await BeginWriteAsync(cancellationToken);
        var count = await SaveAsync(touched, acceptAllChangesOnSuccess, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return count;
    }

    /// <summary>Only for libraries that know no other way, and never for what outposts hear of.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (!ChangeDetector.Detect(this).IsEmpty)
        {
            throw new InvalidOperationException("Changes that outposts hear of are saved with SaveChangesAsync.");
        }

        using var turn = Database.CurrentTransaction is null ? Lane?.Enter() : null;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ControlPlaneContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<JsonElement>().HaveConversion<JsonConverter, JsonConverter.Comparer>();
        foreach (var type in StoredEnums())
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(SnakeCaseEnumConverter<>).MakeGenericType(type)).HaveMaxLength(64);
        }
    }

    private async Task<int> SaveAsync(TouchedObjects touched, bool acceptAllChangesOnSuccess, CancellationToken cancel)
    {
        var rows = await ChangeRecorder.RecordAsync(this, touched, cancel);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
        }
        catch
        {
            // Another attempt with this context takes new numbers.
            foreach (var row in rows)
            {
                Entry(row).State = EntityState.Detached;
            }

            throw;
        }
    }

    private static IEnumerable<Type> StoredEnums() =>
        typeof(ControlPlaneContext).Assembly.GetTypes().Where(type => type.IsEnum && !type.IsNested).Concat([typeof(BindingMode), typeof(GroupChoice)]);
}
