using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Checking;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Signing;
using Sidecar.Outpost.State;
using Sidecar.Outpost.Tls;

namespace Sidecar.Outpost.Hosting;

/// <summary>The program's commands; the value returned is its exit code.</summary>
internal static class Commands
{
    public const int Failed = 1;
    public const int WrongConfiguration = 2;

    private static readonly TimeSpan HealthBudget = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await DispatchAsync(args);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            // A full disk, or nobody who reads what is printed: half an answer must not look like one.
            return await RefuseAsync(error.Message);
        }
    }

    private static Task<int> DispatchAsync(string[] args) => args switch
    {
        ["version" or "--version"] => SayAsync(OutpostVersion.Text),
        ["help" or "--help" or "-h"] => SayAsync(CommandLine.Usage),
        ["ca"] => PrintAuthorityAsync(),
        ["check", .. var rest] => AnswerAsync(() => CheckCommand.Run(rest)),
        ["snapshot-key", var file] when !file.StartsWith('-') => AnswerAsync(() => (SigningCommands.MakeKey(file), true)),
        ["sign", "--key", var key, var policy] when !policy.StartsWith('-') => SignAsync(policy, key),
        ["healthcheck"] => CheckHealthAsync(),
        ["server", .. var rest] => ServeAsync(rest),
        [['-', ..], ..] or [] => ServeAsync(args),
        ["snapshot-key" or "sign", ..] => RefuseAsync($"{args[0]}: its arguments are wrong.\n{CommandLine.Usage}"),
        _ => RefuseAsync($"'{args[0]}' is not a command.\n{CommandLine.Usage}"),
    };

    private static async Task<int> ServeAsync(string[] arguments)
    {
        if (OutpostOptionsReader.TryRead(Environment.GetEnvironmentVariable, arguments, out var mistakes) is not { } options)
        {
            return await RefuseAsync($"The outpost cannot start, its configuration is wrong:\n- {string.Join("\n- ", mistakes)}");
        }

        try
        {
            await using var app = OutpostHost.Build(options);
            // Taken before the run: when it ends, it disposes the services.
            var exit = app.Services.GetService<OutpostExit>();
            await app.RunAsync();
            return exit?.Code ?? 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before the start was over.
            return 0;
        }
        catch (OutpostStartException error)
        {
            return await RefuseAsync(error.Message);
        }
        catch (IOException error)
        {
            // A port in use: Kestrel's message names it.
            return await RefuseAsync($"The outpost cannot start: {error.Message}");
        }
    }

    // Needs neither token nor address: people print it while they prepare the proxy.
    private static Task<int> PrintAuthorityAsync()
    {
        var options = OutpostOptionsReader.ForCommands(Environment.GetEnvironmentVariable);
        return SayAsync(new OwnAuthority(Path.Combine(options.StateFolder, "tls"), options.TlsNames, TimeProvider.System).AuthorityPem());
    }

    private static async Task<int> CheckHealthAsync()
    {
        var options = OutpostOptionsReader.ForCommands(Environment.GetEnvironmentVariable);
        using var client = new HttpClient { Timeout = HealthBudget };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{options.Metrics.Port}/outpost.goauthentik.io/ping"));
            return answer.IsSuccessStatusCode ? 0 : Failed;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The outpost does not answer on port {options.Metrics.Port}: {error.Message}");
            return Failed;
        }
    }

    private static async Task<int> AnswerAsync(Func<(string Text, bool Allows)> command)
    {
        try
        {
            var (text, allows) = command();
            await Console.Out.WriteLineAsync(text);
            return allows ? 0 : Failed;
        }
        catch (OutpostStartException error)
        {
            return await RefuseAsync(error.Message);
        }
    }

    private static async Task<int> SignAsync(string policy, string key)
    {
        try
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(SigningCommands.Sign(policy, key));
            return 0;
        }
        catch (OutpostStartException error)
        {
            return await RefuseAsync(error.Message);
        }
    }

    private static async Task<int> SayAsync(string text)
    {
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return WrongConfiguration;
    }
}
