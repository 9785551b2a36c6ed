using System.Text.Json;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>A run at one of its stages, and what a handler may use.</summary>
internal sealed class StageVisit(HttpContext http, LiveRun run, FlowStageBinding binding, Stage stage, ControlPlaneContext database)
{
    private readonly List<Action> _whenSaved = [];

    public HttpContext Http => http;

    public LiveRun Run => run;

    public Flow Flow => run.Flow;

    public FlowStageBinding Binding => binding;

    /// <summary>The binding's own, or the one that it sent the run through; see <see cref="StageOutcome.GoThrough"/>.</summary>
    public Stage Stage => stage;

    public JsonElement Settings => Stage.Settings;

    public RunContext Context
    {
        get => run.Context;
        set => run.Context = value;
    }

    /// <summary>What a handler adds or changes here is saved together with the run's step, or not at all.</summary>
    public ControlPlaneContext Database => database;

    /// <summary>Cookies are given out only once what they stand for is in the database.</summary>
    public void WhenSaved(Action action) => _whenSaved.Add(action);

    public void Saved()
    {
        foreach (var action in _whenSaved)
        {
            action();
        }

        _whenSaved.Clear();
    }

    public async Task<User?> PendingUserAsync(CancellationToken cancel) =>
        run.Context.PendingUser is { } id ? await database.Users.FindAsync([id], cancel) : null;
}
