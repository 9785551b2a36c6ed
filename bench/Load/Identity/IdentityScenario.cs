using System.Globalization;
using System.Text;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>The control plane: a sign-in's cost, its page, many people in the API's lists, and what it does when nobody asks.</summary>
internal static class IdentityScenario
{
    private const int Users = 100_000;

    public static async Task<string> RunAsync()
    {
        var text = new StringBuilder();
        await using var postgres = await PostgresServer.StartAsync();
        await OnSqliteAsync(text);
        await OnPostgresAsync(text, postgres);
        return text.ToString();
    }

    private static async Task OnSqliteAsync(StringBuilder text)
    {
        await using var server = await SidecarServer.StartAsync();
        using var api = new AdminApi(server.Address, server.BootstrapToken);
        var (whole, hash) = await SignInCost.MeasureAsync(server, api);
        text.AppendLine(CultureInfo.InvariantCulture, $"Sign-in by the flow executor, SQLite: {whole:F1} ms of server CPU, {hash:F1} ms of it the password's hash, {whole - hash:F1} ms without.");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Sign-in page: {await SignInPage.MeasureAsync(server)}.").AppendLine();
        await Seed.PrepareAsync(api);
        await server.StopAsync();
        await Seed.SqliteAsync(Path.Combine(server.Data, "control-plane", "sidecar.db"), Users);
        await server.StartAgainAsync();
        Append(text, "SQLite", await ListTimes.MeasureAsync(server, Users));
    }

    private static async Task OnPostgresAsync(StringBuilder text, PostgresServer postgres)
    {
        var environment = await postgres.NewInstallationAsync();
        var database = environment["AUTHENTIK_POSTGRESQL__NAME"]!;
        await using var server = await SidecarServer.StartAsync(environment);
        using var api = new AdminApi(server.Address, server.BootstrapToken);
        for (var i = 0; i < 10; i++)
        {
            await api.CreateUserAsync($"colleague{i}", "correct horse battery staple");
        }

        var (resident, transactions) = await IdleCost.MeasureAsync(server, postgres, database);
        await Seed.PrepareAsync(api);
        await server.StopAsync();
        await Seed.PostgresAsync(postgres, database, Users);
        await server.StartAgainAsync();
        Append(text, "PostgreSQL", await ListTimes.MeasureAsync(server, Users));
        text.AppendLine(CultureInfo.InvariantCulture, $"Idle with 10 users, PostgreSQL: {resident / 1e6:F0} MB resident without the outpost, {transactions:F2} transactions a second.");
    }

    private static void Append(StringBuilder text, string database, IReadOnlyList<ListTime> times)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"| {Users:N0} users, {database}, `/api/v3/…` | p50 ms | p95 ms |").AppendLine("|---|---:|---:|");
        foreach (var time in times)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{time.Question}` | {time.P50:F1} | {time.P95:F1} |");
        }

        text.AppendLine();
    }
}
