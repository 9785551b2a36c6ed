using Sidecar.Outpost.Assertions;
using Sidecar.Outpost.Credentials;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.SignOut;
using Sidecar.Outpost.Telemetry;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

internal static class ForwardAuthSetup
{
    // About 1 KB each with its answer; far more people than one outpost has at once.
    private const int MaxTickets = 250_000;
    private const int MaxCredentials = 20_000;

    // ES256 in base64url has 86 characters.
    private const int TicketSignatureLength = 64;

    /// <summary>Everything on the request path.</summary>
    public static IServiceCollection AddForwardAuth(this IServiceCollection services) => services
        .AddSingleton(provider => Counted(new ProofCache<CachedTicket>(MaxTickets, TicketSignatureLength), "sidecar_outpost_tickets", "Tickets held.", provider))
        .AddSingleton(provider => Counted(new ProofCache<AcceptedCredential>(MaxCredentials), "sidecar_outpost_credentials", "Credentials held.", provider))
        .AddSingleton(provider => SignerOf(provider.GetRequiredService<AssertionKey>()))
        .AddSingleton<ServingViews>()
        .AddSingleton<PrincipalBehind>()
        .AddSingleton<TicketFinder>()
        .AddSingleton<IdentityBuilder>()
        .AddSingleton<IdentityAnswers>()
        .AddSingleton<OutdatedAnswers>()
        .AddSingleton<Hits>()
        .AddSingleton<Admission>()
        .AddSingleton<AddressBuckets>()
        .AddSingleton<CheckQueue>()
        .AddSingleton<CheckFlights>()
        .AddSingleton<CredentialChecker>()
        .AddSingleton<IControlPlaneCalls, ControlPlaneCalls>()
        .AddSingleton<SignInStarter>()
        .AddSingleton<SignInCallback>()
        .AddSingleton<SignOutEndpoint>()
        .AddSingleton<OwnPages>()
        .AddSingleton<Refuser>()
        .AddSingleton<CheckRefusals>()
        .AddSingleton<IgnoredIdentity>()
        .AddSingleton<CheckMiss>()
        .AddSingleton<ForwardAuthEndpoint>()
        .AddSingleton<DirectReader>()
        .AddSingleton<DirectEndpoint>()
        .AddSingleton<ProtectedHosts>()
        .AddSingleton<OutpostDispatcher>();

    private static AssertionSigner SignerOf(AssertionKey key) => new(key.Key, key.Kid);

    private static ProofCache<T> Counted<T>(ProofCache<T> cache, string name, string help, IServiceProvider provider)
        where T : Proof
    {
        provider.GetRequiredService<OutpostMetrics>().AddGauge(name, help, () => cache.Count);
        return cache;
    }
}
