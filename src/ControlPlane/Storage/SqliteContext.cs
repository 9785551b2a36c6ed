using Microsoft.EntityFrameworkCore;

namespace Sidecar.ControlPlane.Storage;

internal sealed class SqliteContext(DbContextOptions<SqliteContext> options) : ControlPlaneContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
