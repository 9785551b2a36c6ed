using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>What people may set up for themselves: one entry a stage that names a flow for it.</summary>
internal sealed class UserSettings(ControlPlaneContext database, StageDescriptions descriptions)
{
    /// <param name="Stage">Whose setting it is.</param>
    /// <param name="Flow">The flow in which it is set up.</param>
    /// <param name="Description">How it is called.</param>
    internal sealed record Entry(Guid Stage, Guid Flow, UserSettingDescription Description)
    {
        /// <summary>It adds a device, so it is offered on the page of devices.</summary>
        public bool AddsDevice => Description.Component.StartsWith("ak-user-settings-authenticator-", StringComparison.Ordinal);

        public string Address => Addresses.OfConfiguration(Stage);
    }

    public async Task<IReadOnlyList<Entry>> ListAsync(CancellationToken cancel) =>
        [.. (await database.Stages.AsNoTracking().OrderBy(stage => stage.Name).ToListAsync(cancel)).Select(EntryOf).OfType<Entry>()];

    /// <summary>Null: there is no such stage, or it offers nothing.</summary>
    public async Task<Entry?> FindAsync(Guid stage, CancellationToken cancel) =>
        await database.Stages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == stage, cancel) is { } found ? EntryOf(found) : null;

    private Entry? EntryOf(Stage stage) => descriptions.Of(stage.Kind).UserSetting is { } setting && stage.Settings.Id(UserSettingDescription.FlowSetting) is { } flow
        ? new Entry(stage.Id, flow, setting)
        : null;
}
