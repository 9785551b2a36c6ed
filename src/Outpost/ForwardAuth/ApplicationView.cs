using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Secrets;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>An application of one snapshot with everything about it that requests would otherwise work out again and again.</summary>
internal sealed class ApplicationView
{
    /// <summary>How much of one a hit reads: for <see cref="Tickets.Prefetch"/>.</summary>
    public const int Lines = 4;

    private readonly int _budget;
    private readonly int _nginxBudget;

    public ApplicationView(CompiledApplication compiled, Snapshot snapshot, TicketKeyRing ring, DecodedSecrets? secrets, Uri? hostBrowser)
    {
        Compiled = compiled;
        Provider = compiled.Provider;
        ClientId = string.Intern(Provider.ClientId);
        CookieName = compiled.CookieName;
        TicketCookie = new TicketCookieName(CookieName);
        IsStrict = compiled.Record.Strict;
        TakesAuthorization = Provider.InterceptHeaderAuth;
        HidesTicket = Provider.HideTicket;
        _budget = IdentityBudget.For(Dialect.Direct, Provider);
        _nginxBudget = IdentityBudget.For(Dialect.Nginx, Provider);
        Ring = ring;
        Origin = Origin.TryCreate(Provider.ExternalHost);
        CookieDomain = compiled.CookieDomain;
        ReturnScope = Origin is null ? null : new ReturnScope(Origin, CookieDomain);
        BrowserCookieName = BrowserCookie.NameFor(compiled.CookieName);
        ClientSecret = secrets?.ClientSecret;
        Sealer = secrets is null ? null : new Sealer(secrets.SealingKeys, Provider.ClientId);
        AuthorizationUrl = BrowserAddress.Of(Provider.AuthorizationUrl, hostBrowser);
        EndSessionUrl = BrowserAddress.Of(Provider.EndSessionUrl, hostBrowser);
        IsConfigured = snapshot.Outpost.PublicUrl.Length > 0 && AuthorizationUrl.Length > 0 && Origin is not null;
        MetaJwks = HeaderText.Clean(Provider.JwksUrl);
        MetaOutpost = HeaderText.Clean(snapshot.Outpost.Name);
        MetaProvider = HeaderText.Clean(Provider.Name);
        MetaApp = HeaderText.Clean(compiled.Record.Slug);
        FixedHeaderBytes = IdentityBudget.FixedBytes(MetaJwks, MetaOutpost, MetaProvider, MetaApp);
        Nobody = IdentityBuilder.Nobody(this);
    }

    public CompiledApplication Compiled { get; }

    public ProviderRecord Provider { get; }

    /// <summary>The same object in every snapshot, so that to compare it with what is kept with a proof is to compare two references. Only administrators make these.</summary>
    public string ClientId { get; }

    public string CookieName { get; }

    /// <summary>As <see cref="CookieName"/>, to compare.</summary>
    public TicketCookieName TicketCookie { get; }

    /// <summary>Refused after a minute without the control plane.</summary>
    public bool IsStrict { get; }

    /// <summary>Whether <c>Authorization</c> can sign in here.</summary>
    public bool TakesAuthorization { get; }

    /// <summary>Whether the application must not see the ticket.</summary>
    public bool HidesTicket { get; }

    /// <summary>The cookie that ties a sign-in to its browser.</summary>
    public string BrowserCookieName { get; }

    /// <summary><c>Domain</c> of our cookies; empty in single mode: then they are this host's alone.</summary>
    public string CookieDomain { get; }

    /// <summary>Null when the external host is not one: then nobody can sign in there.</summary>
    public Origin? Origin { get; }

    public ReturnScope? ReturnScope { get; }

    public TicketKeyRing Ring { get; }

    /// <summary>Null while this outpost has no secrets of the provider.</summary>
    public Sealer? Sealer { get; }

    public string? ClientSecret { get; }

    public string AuthorizationUrl { get; }

    public string EndSessionUrl { get; }

    /// <summary>Whether the administrator has set up the addresses that a sign-in needs.</summary>
    public bool IsConfigured { get; }

    public string MetaJwks { get; }

    public string MetaOutpost { get; }

    public string MetaProvider { get; }

    public string MetaApp { get; }

    /// <summary>Bytes of the identity headers' names and of the values that are the same for everybody.</summary>
    public int FixedHeaderBytes { get; }

    /// <summary>What a path that is open to everybody is answered with.</summary>
    public IdentityAnswer Nobody { get; }

    public string RedirectUri => $"{Origin?.Text}{OutpostPaths.Callback}?{OutpostPaths.CallbackSignature}=true";

    public string StartUrl => Origin?.Text + OutpostPaths.Start;

    /// <summary>Bytes that the identity headers may take.</summary>
    public int BudgetAt(Dialect dialect) => dialect == Dialect.Nginx ? _nginxBudget : _budget;
}
