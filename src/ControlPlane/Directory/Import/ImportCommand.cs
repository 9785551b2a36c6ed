using System.Text;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Server;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary><c>sidecar import-users FILE [--dry-run]</c>, on the machine of the server, which may run.</summary>
internal static class ImportCommand
{
    /// <summary>0: done, or would be. 1: nothing was added; each problem is a line of <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(ControlPlaneOptions options, string file, bool dryRun, TextWriter output, TextWriter errors)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= ImportFile.MaxLength })
        {
            await errors.WriteLineAsync($"sidecar import-users: there is no file {file} of at most {ImportFile.MaxLength} bytes.");
            return 1;
        }

        await using var app = ServerHost.Build(options);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ChangeTrail>().Begin(http: null, by: null, "sidecar.cli");
        var outcome = await scope.ServiceProvider.GetRequiredService<UserImport>().RunAsync(await File.ReadAllTextAsync(file, Encoding.UTF8), dryRun, CancellationToken.None);
        foreach (var problem in outcome.Problems)
        {
            await errors.WriteLineAsync($"{file}:{problem}");
        }

        if (outcome.Problems.Count > 0 || outcome.Refusal is not null)
        {
            await errors.WriteLineAsync("Nothing was added.");
            return 1;
        }

        await output.WriteLineAsync(dryRun ? $"{outcome.Users} users would be added." : $"{outcome.Users} users were added.");
        return 0;
    }
}
