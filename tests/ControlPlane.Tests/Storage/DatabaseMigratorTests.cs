using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Storage;

public sealed class DatabaseMigratorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_database_with_tables_of_authentik_is_not_touched()
    {
        var server = await postgres.ServerAsync();
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(database, "CREATE TABLE authentik_core_user (id int)");

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, ("AUTHENTIK_POSTGRESQL__NAME", database)));

        Assert.Contains("AUTHENTIK_POSTGRESQL__NAME", refusal.Message, StringComparison.Ordinal);
        await server.ExecuteAsync(database, "DO $$ BEGIN IF (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public') <> 1 THEN RAISE 'touched'; END IF; END $$");
    }

    [Fact]
    public async Task A_database_that_is_away_is_named_without_its_password()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlane.CreateAsync(
            postgres, DatabaseKind.Sqlite, ("AUTHENTIK_POSTGRESQL__HOST", "127.0.0.1"), ("AUTHENTIK_POSTGRESQL__PORT", "1"), ("AUTHENTIK_POSTGRESQL__PASSWORD", "hush")));

        Assert.Contains("127.0.0.1:1/authentik", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_database_of_a_newer_version_is_not_touched(DatabaseKind kind)
    {
        await using var plane = await TestPlane.CreateAsync(postgres, kind);
        await using var context = plane.Open();
        var later = context.GetService<IHistoryRepository>().GetInsertScript(new HistoryRow("99991231235959_Later", "99.0.0"));
        await context.Database.ExecuteSqlRawAsync(later, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => DatabaseMigrator.MigrateAsync(plane.Services.GetRequiredService<Database>(), context, TestContext.Current.CancellationToken));

        Assert.Contains("99991231235959_Later", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_that_start_together_make_one_installation()
    {
        var server = await postgres.ServerAsync();
        var database = await server.CreateDatabaseAsync();

        var planes = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, ("AUTHENTIK_POSTGRESQL__NAME", database))));

        foreach (var plane in planes)
        {
            await plane.DisposeAsync();
        }

        await server.ExecuteAsync(database, "DO $$ BEGIN IF (SELECT COUNT(*) FROM installations) <> 1 THEN RAISE 'several'; END IF; END $$");
    }
}
