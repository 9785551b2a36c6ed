using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Hosting;

/// <summary>The real program in this process, on free ports, with a state folder of its own.</summary>
internal sealed class RunningOutpost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningOutpost(WebApplication app, FakeLogCollector log, PipeWriter parent)
    {
        _app = app;
        Log = log;
        Parent = parent;
    }

    /// <summary>What the program that started an embedded outpost holds open; completed, it is as if that program had ended.</summary>
    public PipeWriter Parent { get; }

    public CancellationToken Stopping => Get<IHostApplicationLifetime>().ApplicationStopping;

    public FakeLogCollector Log { get; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("sidecar-outpost-").FullName;

    public static OutpostOptions Options(FakeControlPlane? plane, string folder) => new()
    {
        Host = plane?.Address,
        Token = plane?.Token ?? "",
        Http = new IPEndPoint(IPAddress.Loopback, 0),
        Https = new IPEndPoint(IPAddress.Loopback, 0),
        Metrics = new IPEndPoint(IPAddress.Loopback, 0),
        TrustedProxies = TrustedProxies.TryParse(TrustedProxies.Default, out _)!,
        DataFolder = folder,
    };

    public static async Task<RunningOutpost> StartAsync(OutpostOptions options, TimeProvider? time = null)
    {
        var log = new FakeLogCollector();
        var parent = new Pipe();
        var app = OutpostHost.Build(options, time, builder =>
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(log));

            // The test runner's own standard input may be closed already.
            builder.Services.AddSingleton(new ParentInput(parent.Reader.AsStream()));
        });
        await app.StartAsync();
        return new RunningOutpost(app, log, parent.Writer);
    }

    public static Task<RunningOutpost> StartAsync(FakeControlPlane plane, string folder) => StartAsync(Options(plane, folder));

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public bool Logged(int id) => Log.GetSnapshot().Any(record => record.Id.Id == id);

    /// <summary>In the order http, https, metrics.</summary>
    public Uri Address(int listener) => new(_app.Urls.ElementAt(listener));

    public Uri MetricsAddress => Address(2);

    public static async Task<(HttpStatusCode Status, string Body)> GetAsync(Uri address)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(address);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
