using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory.Import;
using Sidecar.ControlPlane.Health;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.RecoveryKeys;

namespace Sidecar.ControlPlane.Server;

/// <summary>The commands of <c>sidecar</c>.</summary>
internal static class CommandLine
{
    private const string Usage = """
        usage: sidecar <command>

          server        the control plane, with its embedded outpost
          worker        accepted so that an existing compose file starts: the server does this work itself
          healthcheck   ask the running server or worker on this machine; exit code 0 when it answers
          test-mail TO  send a test e-mail with the server's settings
          recovery-key MINUTES USER
                        print a link that signs USER in, once, within MINUTES: the way back when nobody can sign in any more
          import-users FILE [--dry-run]
                        add the users of a CSV or JSON file, all or none
          version       print the version

        Everything is set by environment variables: AUTHENTIK_*, SIDECAR_*.
        """;

    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["server"] => await WithOptionsAsync(ServeAsync),
        ["worker"] => await WorkerCommand.RunAsync(Environment.GetEnvironmentVariable),
        ["healthcheck"] => await HealthCheckCommand.RunAsync(Environment.GetEnvironmentVariable),
        ["test-mail" or "test_email", var to] => await TestMailCommand.RunAsync(to, Environment.GetEnvironmentVariable, Console.Out, Console.Error),
        ["recovery-key", var minutes, var user] => await WithOptionsAsync(options => RecoveryKeyCommand.RunAsync(options, minutes, user, Console.Out, Console.Error)),
        ["import-users", var file] => await WithOptionsAsync(options => ImportCommand.RunAsync(options, file, dryRun: false, Console.Out, Console.Error)),
        ["import-users", var file, "--dry-run"] => await WithOptionsAsync(options => ImportCommand.RunAsync(options, file, dryRun: true, Console.Out, Console.Error)),
        ["version" or "--version"] => Print(Console.Out, ProductVersion.Current, 0),
        ["help" or "--help" or "-h"] => Print(Console.Out, Usage, 0),
        [] => Print(Console.Error, Usage, 2),
        _ => Print(Console.Error, $"sidecar: no such command: {string.Join(' ', args)}\n\n{Usage}", 2),
    };

    private static async Task<int> ServeAsync(ControlPlaneOptions options)
    {
        await ServerHost.RunAsync(options);
        return 0;
    }

    private static async Task<int> WithOptionsAsync(Func<ControlPlaneOptions, Task<int>> run)
    {
        if (!ControlPlaneOptions.TryRead(Environment.GetEnvironmentVariable, out var options, out var problem))
        {
            return Print(Console.Error, problem, 1);
        }

        try
        {
            return await run(options);
        }
        catch (StartRefusedException refusal)
        {
            return Print(Console.Error, refusal.Message, 1);
        }
        catch (Exception error) when (error is IOException or DbException or DbUpdateException)
        {
            // A disk or a database that does not take what each start writes, such as a full one.
            return Print(Console.Error, $"Sidecar cannot work: {error.GetBaseException().Message}", 1);
        }
    }

    private static int Print(TextWriter writer, string text, int code)
    {
        writer.WriteLine(text);
        return code;
    }
}
