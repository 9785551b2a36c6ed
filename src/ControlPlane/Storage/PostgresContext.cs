using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Sidecar.ControlPlane.Storage;

internal sealed class PostgresContext(DbContextOptions<PostgresContext> options) : ControlPlaneContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<JsonElement>().HaveColumnType("jsonb");
    }
}
