using Sidecar.Outpost.Configuration;

namespace Sidecar.Outpost.Hosting;

/// <summary>The program's commands; the value returned is its exit code.</summary>
internal static class Commands
{
    public const int Failed = 1;
    public const int WrongConfiguration = 2;

    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["version"] or ["--version"] => await VersionAsync(),
        ["help" or "--help" or "-h"] => await HelpAsync(),
        ["server", .. var rest] => await ServeAsync(rest),
        _ => await ServeAsync(args),
    };

    private static async Task<int> ServeAsync(string[] arguments)
    {
        if (OutpostOptionsReader.TryRead(Environment.GetEnvironmentVariable, arguments, out var mistakes) is not { } options)
        {
            await Console.Error.WriteLineAsync($"The outpost cannot start, its configuration is wrong:\n- {string.Join("\n- ", mistakes)}");
            return WrongConfiguration;
        }

        await using var app = OutpostHost.Build(options);
        await app.RunAsync();
        return 0;
    }

    private static async Task<int> VersionAsync()
    {
        await Console.Out.WriteLineAsync(OutpostVersion.Text);
        return 0;
    }

    private static async Task<int> HelpAsync()
    {
        await Console.Out.WriteLineAsync(CommandLine.Usage);
        return 0;
    }
}
