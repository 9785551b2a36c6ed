using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tests.Storage;

public sealed class MigrationTests
{
    private const string Remedy = "The model changed: run src/ControlPlane/Storage/migrations";

    [Fact]
    public void The_migrations_of_sqlite_hold_the_whole_model()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges(), Remedy);
    }

    [Fact]
    public void The_migrations_of_postgresql_hold_the_whole_model()
    {
        using var context = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges(), Remedy);
    }
}
