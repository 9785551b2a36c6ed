using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Decisions;
using Sidecar.Microbenchmarks.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Secrets;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Microbenchmarks.ForwardAuth;

/// <summary>
/// The outpost's own services with the big estate in force and many people who have all been there: every ticket was accepted and has its answer, signed
/// assertion included. Not started: nothing but the measured call runs.
/// </summary>
internal sealed class LiveOutpost : IAsyncDisposable
{
    public const int Tickets = 100_000;
    private const int TicketsOfOnePerson = 5;
    private const int TicketBytes = 412;
    private const int Chains = Estate.Groups / Estate.ChainLength;
    private const int ApplicationsOfOneChain = Estate.Applications / Chains;

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-bench-").FullName;
    private readonly WebApplication _app;
    private readonly LiveTicket[] _tickets = new LiveTicket[Tickets];
    private readonly ServingView _view;
    private readonly ContactClock _clock;
    private readonly Hits _hits;

    public LiveOutpost()
    {
        _app = OutpostHost.Build(Options(), new SlowTime());
        var compiled = Estate.Compiled();
        Get<ContactClock>().Heard(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Get<ServingHolder>().Swap(new Serving(compiled, Trust(compiled), Secrets(compiled)));
        _view = Get<ServingViews>().Of(Get<ServingHolder>().Current!);
        _clock = Get<ContactClock>();
        _hits = Get<Hits>();
        for (var i = 0; i < Tickets; i += TicketsOfOnePerson)
        {
            SignIn(i, _view);
        }
    }

    public OutpostDispatcher Dispatcher => Get<OutpostDispatcher>();

    /// <summary>One of the first <paramref name="among"/>.</summary>
    public LiveTicket AnyTicket(int among) => _tickets[RandomNumberGenerator.GetInt32(among)];

    /// <summary>What the endpoint does between reading the request's headers and writing the response's.</summary>
    public bool IsHit(string host, string path, in StringValues cookies)
    {
        var now = _clock.Read();
        var glance = _hits.Glance(cookies);
        if (_view.FindByHost(host, out _) is not { } application)
        {
            return false;
        }

        _hits.Approach(glance, application);
        return !_clock.IsStale(now, application.IsStrict)
            && _hits.Find(glance, application, Dialect.Traefik, path, cookies, StringValues.Empty, now.UnixSeconds, out var reason) is not null && reason != Reason.Unset;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>One more person, with a ticket at several of the applications that are for them.</summary>
    private void SignIn(int first, ServingView view)
    {
        var chain = first / TicketsOfOnePerson % Chains;
        var session = Guid.NewGuid();
        var principal = Estate.Person(chain) with { Id = Guid.NewGuid(), Username = $"ana{first}", Sessions = [session] };
        Get<PrincipalTable>().Apply(principal);
        var start = RandomNumberGenerator.GetInt32(ApplicationsOfOneChain);
        for (var i = 0; i < TicketsOfOnePerson; i++)
        {
            var nth = (start + i) % ApplicationsOfOneChain;
            var application = view.Of(view.Serving.Compiled.Applications[(((nth / 2 * Chains) + chain) * 2) + (nth % 2)]);
            _tickets[first + i] = Accept(application, principal, view.Serving.Compiled.FactsOf(principal), session);
        }
    }

    private LiveTicket Accept(ApplicationView application, Principal principal, PrincipalFacts facts, Guid session)
    {
        // As long as a real one; who reads it compares bytes, and its signature was checked when it came first.
        var text = "eyJhbGciOiJFUzI1NiJ9." + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TicketBytes));
        var clock = Get<ContactClock>();
        var ticket = new CachedTicket(
            Encoding.ASCII.GetBytes(text), application.ClientId, principal.Id, session, principal.Revision, clock.ControlPlaneUnixSeconds + 86_400, application.Ring);
        Get<ProofCache<CachedTicket>>().Add(ticket, text, clock.ControlPlaneUnixSeconds);
        Get<IdentityAnswers>().For(ticket, application, principal, facts);
        return new LiveTicket(new Uri(application.Provider.ExternalHost).Authority, $"{application.CookieName}={text}");
    }

    private OutpostOptions Options() => new()
    {
        Host = new Uri("http://control-plane.internal/"),
        Token = new string('t', 40),
        Http = new IPEndPoint(IPAddress.Loopback, 0),
        Https = new IPEndPoint(IPAddress.Loopback, 0),
        Metrics = new IPEndPoint(IPAddress.Loopback, 0),
        TrustedProxies = TrustedProxies.TryParse(TrustedProxies.Default, out _)!,
        DataFolder = _folder,
    };

    private static TrustRecord Trust(CompiledSnapshot compiled) => new()
    {
        Installation = compiled.Source.Installation,
        Epoch = compiled.Source.Epoch,
        OutpostId = compiled.Source.Outpost.Id,
        OutpostName = compiled.Source.Outpost.Name,
        SnapshotKeys = [],
    };

    private static SecretsTable Secrets(CompiledSnapshot compiled) => SecretsTable.TryDecode(new SecretsDocument
    {
        Providers = [.. compiled.Applications.Select(application => new ProviderSecrets
        {
            ClientId = application.Provider.ClientId,
            ClientSecret = "secret",
            SealingKeys = [Base64Url.EncodeToString(new byte[32])],
        })],
    })!;

    /// <summary>The real clock at a thousandth of its speed, for the same price: no assertion is renewed while the benchmark runs.</summary>
    private sealed class SlowTime : TimeProvider
    {
        public override long TimestampFrequency => base.TimestampFrequency * 1_000;
    }
}
