using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>Runs in the database: they survive a restart, and every replica can go on with them.</summary>
internal sealed class FlowRuns(ControlPlaneContext database, FlowBrowser browser, TimeProvider time)
{
    // Time to find a password manager or a second device.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // From the end of a consent to the authorization request that it was for: two redirects.
    private static readonly TimeSpan CompletedLifetime = TimeSpan.FromMinutes(5);

    // A browser that opens sign-in pages without end fills no disk.
    private const int MaxPerBrowser = 20;

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
            run => query.Run is not null || (run.Plan.State == RunState.Open && run.Context.Start.Query == query.Text && !run.Context.Start.FromInside));
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
    public LiveRun New(HttpContext http, Flow flow, RunPlan plan, RunContext context)
    {
        var now = time.GetUtcNow();
        var row = new FlowRun
        {
            FlowId = flow.Id,
            BrowserHash = FlowBrowser.HashOf(browser.FindOrIssue(http)),
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
            Plan = RunJson.Write(plan),
            Context = RunJson.Write(context),
        };
        return new LiveRun(row, flow);
    }

    /// <summary>Saves the run with everything else in the context, or throws <see cref="DbUpdateConcurrencyException"/> when another request was faster.</summary>
    public async Task SaveAsync(HttpContext http, LiveRun run)
    {
        var entry = database.Entry(run.Row);
        var known = entry.State != EntityState.Detached;
        if (!IsKept(run))
        {
            if (known)
            {
                database.FlowRuns.Remove(run.Row);
            }

            await database.SaveChangesAsync(http.RequestAborted);
            return;
        }

        run.Store();
        run.Row.ExpiresAt = time.GetUtcNow() + (run.Plan.State == RunState.Completed ? CompletedLifetime : Lifetime);
        if (!known)
        {
            await MakeRoomAsync(run.Row.BrowserHash, http.RequestAborted);
            database.FlowRuns.Add(run.Row);
        }

        await database.SaveChangesAsync(http.RequestAborted);
    }

    /// <summary>The browser's other runs follow it to its new cookie.</summary>
    public Task MoveOthersAsync(byte[] from, byte[] to, CancellationToken cancel) =>
        database.FlowRuns.Where(row => row.BrowserHash == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.BrowserHash, to), cancel);

    /// <summary>True for one caller only.</summary>
    public async Task<bool> TryTakeAsync(Guid id, CancellationToken cancel) =>
        await database.FlowRuns.Where(row => row.Id == id).ExecuteDeleteAsync(cancel) == 1;

    /// <summary>After an error: nothing that was proven stands.</summary>
    public Task DropAsync(Guid id) => TryTakeAsync(id, CancellationToken.None);

    // An end that nothing waits for leaves nothing behind.
    private static bool IsKept(LiveRun run) => run.Plan.State switch
    {
        RunState.Open => true,
        RunState.Completed => run.Context.Start.Purpose is not null,
        _ => run.Context.Start.FromInside,
    };

    private async Task MakeRoomAsync(byte[] browserHash, CancellationToken cancel)
    {
        var tooMany = await database.FlowRuns.Where(row => row.BrowserHash == browserHash).OrderByDescending(row => row.CreatedAt)
            .Skip(MaxPerBrowser - 1).Select(row => row.Id).ToListAsync(cancel);
        if (tooMany.Count > 0)
        {
            await database.FlowRuns.Where(row => tooMany.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        }
    }
}
