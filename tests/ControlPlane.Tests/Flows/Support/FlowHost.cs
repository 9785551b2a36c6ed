using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows.Support;

/// <summary>A control plane that listens, on SQLite, with one user; it can be stopped and started again on the same data.</summary>
internal sealed class FlowHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string AdministratorPassword = "the administrator's own";
    public const string SignInFlow = "if/flow/default-authentication-flow/";
    public const string Executor = "api/v3/flows/executor/default-authentication-flow/?query=";

    private readonly string _folder;
    private readonly ControlPlaneOptions _options;
    private WebApplication? _app;

    private FlowHost(string folder, ControlPlaneOptions options)
    {
        _folder = folder;
        _options = options;
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public IServiceProvider Services => _app!.Services;

    public static async Task<FlowHost> StartAsync(params (string Name, string Value)[] environment)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sidecar-flows-").FullName;
        var variables = new Dictionary<string, string>
        {
            ["SIDECAR_DATA"] = folder,
            ["AUTHENTIK_SECRET_KEY"] = "a secret key that is long enough for tests",
            ["AUTHENTIK_LISTEN__HTTP"] = "127.0.0.1:0",
            ["AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST"] = "true",
            ["AUTHENTIK_LOG_LEVEL"] = "error",
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        Assert.True(ControlPlaneOptions.TryRead(variables.GetValueOrDefault, out var options, out var problem), problem);
        var host = new FlowHost(folder, options);
        await host.StartAppAsync();
        return host;
    }

    /// <summary>With a user of that name, <see cref="Password"/> and set-up finished.</summary>
    public static async Task<FlowHost> StartWithUserAsync(string username, string email = "")
    {
        var host = await StartAsync(("AUTHENTIK_BOOTSTRAP_PASSWORD", AdministratorPassword));
        await host.AddUserAsync(username, email);
        return host;
    }

    public async Task<Guid> AddUserAsync(string username, string email = "")
    {
        await using var context = Open();
        var user = new User { Username = username, Email = email, DateJoined = TimeProvider.System.GetUtcNow(), PasswordHash = PasswordHasher.Hash(Password) };
        context.Users.Add(user);
        await context.SaveChangesAsync();
        return user.Id;
    }

    public async Task RestartAsync()
    {
        await StopAppAsync();
        await StartAppAsync();
    }

    public ControlPlaneContext Open() => Services.GetRequiredService<Database>().Open();

    public AsyncServiceScope Scope() => Services.CreateAsyncScope();

    /// <summary>A browser of its own, which knows where to start.</summary>
    public static Browser NewBrowser() => new();

    public Uri At(string path) => new(Address, path);

    public async Task<int> CountSessionsAsync()
    {
        await using var context = Open();
        return await context.Sessions.CountAsync();
    }

    public async Task EditAsync(Func<ControlPlaneContext, Task> edit)
    {
        await using var context = Open();
        await edit(context);
        await context.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAppAsync()
    {
        await MigratedSqlite.PlaceAsync(_options);
        _app = ServerHost.Build(_options);
        await ServerHost.PrepareAsync(_app.Services, CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First() + "/");
    }

    private async Task StopAppAsync()
    {
        if (_app is { } app)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
