using System.Diagnostics;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Hosting;

/// <summary>The real process: what it says and how it ends.</summary>
[Trait("Kind", "Slow")]
public sealed class CommandsTests : IDisposable
{
    private readonly string _folder = RunningOutpost.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ends_with_a_code_when_something_else_answers_at_the_control_planes_address()
    {
        await using var plane = await FakeControlPlane.StartAsync();
        plane.Instead = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        var (code, _) = await RunAsync([], ("AUTHENTIK_HOST", plane.Address.ToString()), ("AUTHENTIK_TOKEN", "token"));

        Assert.Equal(2, code);
    }

    [Fact]
    public async Task Tells_every_mistake_and_ends_with_a_code()
    {
        var (code, said) = await RunAsync([], ("SIDECAR_MAX_STALE", "forever"));

        Assert.Equal(2, code);
        Assert.Contains("AUTHENTIK_HOST", said, StringComparison.Ordinal);
        Assert.Contains("AUTHENTIK_TOKEN", said, StringComparison.Ordinal);
        Assert.Contains("SIDECAR_MAX_STALE", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_its_authority_without_any_configuration()
    {
        var (code, said) = await RunAsync(["ca"]);

        Assert.Equal(0, code);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("version")]
    public async Task What_cannot_be_printed_ends_with_a_code_and_a_message(string command)
    {
        var (code, said) = await RunAsync("sh", ["-c", "exec dotnet \"$0\" \"$1\" > /dev/full", typeof(Outpost.Hosting.Commands).Assembly.Location, command]);

        Assert.Equal(2, code);
        Assert.Contains("No space left on device", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_told()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync(["ca"], ("SIDECAR_DATA", file));

        Assert.Equal(2, code);
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
    }

    private Task<(int Code, string Said)> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        RunAsync("dotnet", [typeof(Outpost.Hosting.Commands).Assembly.Location, .. arguments], environment);

    private async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SIDECAR_DATA"] = _folder;
        foreach (var listener in new[] { "HTTP", "HTTPS", "METRICS" })
        {
            start.Environment["AUTHENTIK_LISTEN__" + listener] = "127.0.0.1:0";
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, string.Concat(said));
    }
}
