using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>Runs in the database: they survive a restart, and every replica can go on with them.</summary>
internal sealed class FlowRuns(ControlPlaneContext database, FlowBrowser browser, TimeProvider time)
{
    /// <summary>How long what was begun can be finished: time to find a password manager or a second device.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // From the end of a consent to the authorization request that it was for: two redirects.
    private static readonly TimeSpan CompletedLifetime = TimeSpan.FromMinutes(5);

    // A browser that opens sign-in pages without end fills no disk.
    private const int MaxPerBrowser = 20;

    /// <summary>
    /// Stored at once of one client address (IPv6: a /64), enough for an office that signs in together. Beyond this its oldest go, so that whoever begins runs
    /// without end displaces nobody at another address.
    /// </summary>
    public const int MaxPerAddress = 200;

    public Task<Flow?> FlowAsync(string slug, CancellationToken cancel) =>
        database.Flows.AsNoTracking().Include(flow => flow.StageBindings).ThenInclude(binding => binding.Stage).AsSplitQuery()
            .SingleOrDefaultAsync(flow => flow.Slug == slug, cancel);

    /// <summary>The run that this browser has in this flow at this address.</summary>
    public async Task<LiveRun?> FindAsync(HttpContext http, Flow flow, FlowQuery query)
    {
        if (browser.Find(http) is not { } value)
        {
            return null;
        }

        var hash = FlowBrowser.HashOf(value);
        var now = time.GetUtcNow();
        var mine = database.FlowRuns.Where(row => row.BrowserHash == hash && row.FlowId == flow.Id && row.ExpiresAt > now);
        var rows = await (query.Run is { } id ? mine.Where(row => row.Id == id) : mine.OrderByDescending(row => row.CreatedAt)).ToListAsync(http.RequestAborted);
        return rows.Select(row => new LiveRun(row, flow)).FirstOrDefault(
            run => query.Run is not null || (run.Plan.State == RunState.Open && run.Context.Start.Query == query.Text && run.Context.Start.FromInside == query.Sealed is not null));
    }

    /// <summary>Runs of this browser that ended well and that something still waits for.</summary>
    public async Task<IReadOnlyList<FlowRun>> CompletedAsync(HttpContext http)
    {
        if (browser.Find(http) is not { } value)
        {
            return [];
        }

        var hash = FlowBrowser.HashOf(value);
        var now = time.GetUtcNow();
        var rows = await database.FlowRuns.AsNoTracking().Where(row => row.BrowserHash == hash && row.ExpiresAt > now).ToListAsync(http.RequestAborted);
        return [.. rows.Where(row => RunJson.PlanOf(row).State == RunState.Completed)];
    }

    /// <summary>A run that is not in the database before <see cref="SaveAsync"/>.</summary>
    public LiveRun New(HttpContext http, Flow flow, RunPlan plan, RunContext context) =>
        New(http, Guid.NewGuid(), browser.FindOrIssue(http), flow, plan, context);

    /// <summary>The run of this browser at this address. Until it is stored it is made anew by each request, and is the same each time.</summary>
    public LiveRun AtAddress(HttpContext http, Flow flow, RunPlan plan, RunContext context)
    {
        var value = browser.FindOrIssue(http);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes($"sidecar/flow-run/1 {flow.Id:N} {context.Start.Query}"));
        return New(http, new Guid(hash.AsSpan(0, 16)), value, flow, plan, context);
    }

    /// <summary>A run under a value that the browser is given once it is saved.</summary>
    public LiveRun Begun(HttpContext http, string browserValue, Flow flow, RunPlan plan, RunContext context) => New(http, Guid.NewGuid(), browserValue, flow, plan, context);

    private LiveRun New(HttpContext http, Guid id, string browserValue, Flow flow, RunPlan plan, RunContext context)
    {
        var now = time.GetUtcNow();
        var row = new FlowRun
        {
            Id = id,
            FlowId = flow.Id,
            BrowserHash = FlowBrowser.HashOf(browserValue),
            Address = AttemptKey.Of(http.Connection.RemoteIpAddress),
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
            Plan = RunJson.Write(plan),
            Context = RunJson.Write(context),
        };
        return new LiveRun(row, flow);
    }

    /// <summary>
    /// Saves the run with everything else in the context, or throws <see cref="DbUpdateConcurrencyException"/> when another request was faster. A run at whose
    /// address nobody has answered anything is not stored: whoever only looks, however often, leaves nothing behind.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="run">Of <see cref="FindAsync"/> or <see cref="AtAddress"/>.</param>
    /// <param name="answered">The request brought an answer.</param>
    public async Task SaveAsync(HttpContext http, LiveRun run, bool answered)
    {
        var entry = database.Entry(run.Row);
        var known = entry.State != EntityState.Detached;
        if (!known && (IsAsBegun(run) || (!answered && IsNobodys(run))) && !database.ChangeTracker.HasChanges())
        {
            return;
        }

        if (!IsKept(run))
        {
            if (known)
            {
                database.FlowRuns.Remove(run.Row);
            }

            await database.SaveChangesAsync(http.RequestAborted);
            return;
        }

        if (!known)
        {
            await AddAsync(run, http.RequestAborted);
            return;
        }

        Store(run);
        await database.SaveChangesAsync(http.RequestAborted);
    }

    /// <summary>The same for a run that is stored whatever it is: its page is opened by its number; see <see cref="FlowQuery.Run"/>.</summary>
    public async Task AddAsync(LiveRun run, CancellationToken cancel)
    {
        Store(run);
        var row = run.Row;
        await ReplaceDeniedAsync(row.Id, cancel);
        await MakeRoomAsync(database.FlowRuns.Where(other => other.BrowserHash == row.BrowserHash), MaxPerBrowser, cancel);
        await MakeRoomAsync(database.FlowRuns.Where(other => other.Address == row.Address), MaxPerAddress, cancel);
        database.FlowRuns.Add(row);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (error is not DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            if (await database.FlowRuns.AnyAsync(other => other.Id == row.Id, cancel))
            {
                throw new DbUpdateConcurrencyException("The first answer was sent twice, and the other one was faster.", error);
            }

            throw;
        }
    }

    /// <summary>
    /// Of the runs of this browser those that were begun while nobody was signed in. What they had proven must not count again once the session that now begins is over: by then somebody else
    /// may sit there. They begin anew at their address.
    /// </summary>
    public async Task DropUnsignedAsync(byte[] browserHash, CancellationToken cancel)
    {
        var rows = await database.FlowRuns.AsNoTracking().Where(row => row.BrowserHash == browserHash).ToListAsync(cancel);
        var unsigned = rows.Where(row => RunJson.ContextOf(row).Start.Session is null).Select(row => row.Id).ToList();
        await database.FlowRuns.Where(row => unsigned.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The browser's other runs follow it to its new cookie.</summary>
    public Task MoveOthersAsync(byte[] from, byte[] to, CancellationToken cancel) =>
        database.FlowRuns.Where(row => row.BrowserHash == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.BrowserHash, to), cancel);

    /// <summary>True for one caller only.</summary>
    public async Task<bool> TryTakeAsync(Guid id, CancellationToken cancel) =>
        await database.FlowRuns.Where(row => row.Id == id).ExecuteDeleteAsync(cancel) == 1;

    /// <summary>After an error: nothing that was proven stands.</summary>
    public Task DropAsync(Guid id) => TryTakeAsync(id, CancellationToken.None);

    // A refusal is kept so that its page can be loaded again. Whoever opens the address of its start once more begins anew.
    private async Task ReplaceDeniedAsync(Guid id, CancellationToken cancel)
    {
        if (await database.FlowRuns.AsNoTracking().SingleOrDefaultAsync(other => other.Id == id, cancel) is { } former && RunJson.PlanOf(former).State == RunState.Denied)
        {
            await database.FlowRuns.Where(other => other.Id == id && other.Step == former.Step).ExecuteDeleteAsync(cancel);
        }
    }

    private void Store(LiveRun run)
    {
        run.Store();
        run.Row.ExpiresAt = time.GetUtcNow() + (run.Plan.State == RunState.Completed ? CompletedLifetime : Lifetime);
    }

    private static bool IsAsBegun(LiveRun run) => run is { Row.Step: 0, Plan.State: RunState.Open, Context: { Failures: 0, Pending: null } };

    // Stages that were passed without a question, and an end by them, come out the same at the next request.
    private static bool IsNobodys(LiveRun run) => run.Context.Start.Session is null && run.Plan.State is not (RunState.Completed or RunState.Left);

    // An end that nothing waits for leaves nothing behind.
    private static bool IsKept(LiveRun run) => run.Plan.State switch
    {
        RunState.Open => true,
        RunState.Completed => run.Context.Start.Purpose is not null,
        RunState.Left => false,
        _ => run.Context.Start.FromInside,
    };

    private async Task MakeRoomAsync(IQueryable<FlowRun> among, int max, CancellationToken cancel)
    {
        var tooMany = await among.OrderByDescending(row => row.CreatedAt)
            .Skip(max - 1).Select(row => row.Id).ToListAsync(cancel);
        if (tooMany.Count > 0)
        {
            await database.FlowRuns.Where(row => tooMany.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        }
    }
}
