using System.Buffers.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Secrets;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Snapshots;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>The whole request path of the real program, with a hand-made snapshot, a fake control plane and a clock that the test moves.</summary>
internal sealed class OutpostUnderTest : IAsyncDisposable
{
    public static readonly GroupRecord Staff = new() { Id = Guid.Parse("0197a3c0-0000-7000-8000-0000000000b1"), Name = "Staff" };

    private readonly Microsoft.AspNetCore.Builder.WebApplication _app;
    private readonly byte[] _sealingKey = new byte[32];
    private bool _isStarted;

    public OutpostUnderTest(Action<SnapshotBuilder>? snapshot = null, Action<IServiceCollection>? services = null, string? hostBrowser = null, Func<OutpostOptions, OutpostOptions>? adjust = null)
    {
        _sealingKey[0] = 1;
        Ana = NewPrincipal("ana", Session);
        var options = new OutpostOptions
        {
            Host = new Uri("http://control-plane.internal/"),
            HostBrowser = hostBrowser is null ? null : new Uri(hostBrowser),
            Token = new string('t', 40),
            Http = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0),
            Https = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0),
            Metrics = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0),
            TrustedProxies = TrustedProxies.TryParse(TrustedProxies.Default, out _)!,
            DataFolder = Folder,
        };
        _app = OutpostHost.Build(adjust?.Invoke(options) ?? options, Time, builder =>
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Log));
            builder.Services.AddSingleton<IControlPlaneCalls>(ControlPlane).AddSingleton<IPrincipalSource>(ControlPlane);
            services?.Invoke(builder.Services);
        });
        Get<ContactClock>().Heard(Time.GetUtcNow().ToUnixTimeMilliseconds());
        Serve(snapshot ?? (builder => builder.With(SnapshotBuilder.Application("wiki"))));
        Apply(Ana);
    }

    /// <summary>Of its state; two outposts cannot use one.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("sidecar-outpost-").FullName;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_795_600_000));

    public FakeLogCollector Log { get; } = new();

    public FakeControlPlane ControlPlane { get; } = new();

    public TicketMint Mint { get; } = new(SnapshotBuilder.Installation);

    public Guid Session { get; } = Guid.NewGuid();

    public Principal Ana { get; private set; }

    public long Now => Get<ContactClock>().ControlPlaneUnixSeconds;

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static Principal NewPrincipal(string name, params Guid[] sessions) => new()
    {
        Id = Guid.NewGuid(),
        Revision = 10,
        Uid = "uid-of-" + name,
        Username = name,
        Name = name + " Müller",
        Email = name + "@example.com",
        Active = true,
        Groups = [Staff.Id],
        Sessions = sessions,
    };

    public void Apply(Principal principal)
    {
        ControlPlane.Principals[principal.Id] = principal;
        Get<PrincipalTable>().Apply(principal);
    }

    /// <summary>Changes Ana; the next request sees it.</summary>
    public void ChangeAna(Func<Principal, Principal> change)
    {
        Ana = change(Ana) with { Revision = Ana.Revision + 1 };
        Apply(Ana);
    }

    /// <param name="build">Adds the applications.</param>
    /// <param name="mint">Whose tickets count; null: <see cref="Mint"/>'s.</param>
    public CompiledSnapshot Serve(Action<SnapshotBuilder> build, TicketMint? mint = null)
    {
        var builder = new SnapshotBuilder().With(Staff).WithTicketKey((mint ?? Mint).PublicKey);
        build(builder);
        var snapshot = builder.Build();
        var compiled = CompiledSnapshot.TryCompile(snapshot, out var problem) ?? throw new InvalidOperationException(problem);
        var secrets = SecretsTable.TryDecode(new SecretsDocument
        {
            Providers =
            [
                .. snapshot.Applications.Select(application => new ProviderSecrets
                {
                    ClientId = application.Provider.ClientId,
                    ClientSecret = "secret-of-" + application.Slug,
                    SealingKeys = [Base64Url.EncodeToString(_sealingKey)],
                }),
            ],
        })!;
        var trust = new TrustRecord
        {
            Installation = snapshot.Installation,
            Epoch = snapshot.Epoch,
            OutpostId = snapshot.Outpost.Id,
            OutpostName = snapshot.Outpost.Name,
            SnapshotKeys = [],
        };
        Get<ServingHolder>().Swap(new Serving(compiled, trust, secrets));
        return compiled;
    }

    public static string CookieName(string slug = "wiki") => Contracts.Tickets.Ticket.CookieName(slug + "-client");

    public string TicketFor(Principal principal, Guid? session = null, string slug = "wiki", long? revision = null, long lifetime = 86_400) =>
        Mint.Mint(slug + "-client", principal.Id, session ?? principal.Sessions[0], revision ?? principal.Revision, Now, Now + lifetime);

    /// <summary>Ana's cookie at the application.</summary>
    public string TicketCookie(string slug = "wiki") => $"{CookieName(slug)}={TicketFor(Ana, Session, slug)}";

    public async Task<Answer> AskAsync(Question question)
    {
        var context = question.Build();
        await Get<OutpostDispatcher>().InvokeAsync(context);
        return new Answer(context);
    }

    public async Task<string> StartAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _isStarted = true;
        return _app.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            // Else what keeps state may still write into the folder while it is deleted.
            await _app.StopAsync(CancellationToken.None);
        }

        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
