using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>A database that has the schema and no rows. The migrations run once, not for each of several hundred planes.</summary>
internal static class MigratedSqlite
{
    private static readonly Lazy<Task<byte[]>> Empty = new(MakeAsync);

    /// <summary>Puts one where the server will look for it, unless it uses PostgreSQL or has one already.</summary>
    public static async Task PlaceAsync(ControlPlaneOptions options)
    {
        System.IO.Directory.CreateDirectory(options.StateFolder);
        var file = Path.Combine(options.StateFolder, Database.FileName);
        if (!options.Database.IsPostgres && !File.Exists(file))
        {
            await File.WriteAllBytesAsync(file, await Empty.Value);
        }
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sidecar-test-").FullName;
        Assert.True(ControlPlaneOptions.TryRead(name => name == "SIDECAR_DATA" ? folder : null, out var options, out var problem), problem);
        System.IO.Directory.CreateDirectory(options.StateFolder);
        var copy = Path.Combine(folder, "copy.db");
        await using (var app = ServerHost.Build(options))
        {
            var database = app.Services.GetRequiredService<Database>();
            await using var context = database.Open();
            await DatabaseMigrator.MigrateAsync(database, context, CancellationToken.None);
            await context.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        }

        var bytes = await File.ReadAllBytesAsync(copy);
        System.IO.Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
