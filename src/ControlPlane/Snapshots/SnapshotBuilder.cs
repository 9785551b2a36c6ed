using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;

namespace Sidecar.ControlPlane.Snapshots;

/// <summary>What one outpost must know. Pure.</summary>
internal static class SnapshotBuilder
{
    /// <summary>Without revision; see <see cref="SnapshotStore"/>.</summary>
    public static Snapshot Build(SnapshotSource source, Outpost outpost, DateTimeOffset now)
    {
        var publicUrl = OutpostConfig.PublicUrlOf(outpost.Config) is { Length: > 0 } own ? own : source.Installation.PublicUrl;
        var providers = source.ProvidersOf[outpost.Id].Order().Select(id => source.Providers.GetValueOrDefault(id))
            .OfType<ProxyProvider>().Where(provider => provider.Mode != ProxyMode.Proxy).ToList();
        return new Snapshot
        {
            Installation = source.Installation.Id,
            Epoch = source.Installation.Epoch,
            Revision = 0,
            ChangeNumber = source.ChangeNumber,
            BuiltAt = now.ToUnixTimeSeconds(),
            Outpost = new OutpostRecord { Id = outpost.Id, Name = outpost.Name, PublicUrl = publicUrl },
            Applications = [.. providers.Select(provider => ApplicationOf(source, provider, publicUrl))],
            Groups = SnapshotGroups.Select(source, providers),
            TicketKeys = source.TicketKeys,
            Brand = new BrandRecord { Title = source.Brand?.BrandingTitle ?? Brands.Brand.DefaultTitle, Logo = InlineLogo(source.Brand?.BrandingLogo) },
        };
    }

    private static ApplicationRecord ApplicationOf(SnapshotSource source, ProxyProvider provider, string publicUrl)
    {
        var application = provider.Application!;
        return new ApplicationRecord
        {
            Id = application.Id,
            Name = application.Name,
            Slug = application.Slug,
            Provider = ProviderOf(provider, application.Slug, publicUrl, source.Installation.PublicUrl),
            Bindings = [.. source.BindingsOf[application.Id].OrderBy(binding => binding.Order).ThenBy(binding => binding.Id).Select(BindingRecords.Of)],
            BindingMode = application.PolicyEngineMode,
            Strict = provider.Strict,
        };
    }

    // The issuer is one for the whole installation, however an outpost's browsers get there: the ID token's "iss" must equal it.
    private static ProviderRecord ProviderOf(ProxyProvider provider, string slug, string publicUrl, string installationUrl)
    {
        var issuerUrl = installationUrl.Length > 0 ? installationUrl : publicUrl;
        return new ProviderRecord
        {
            Id = provider.Id,
            Name = provider.Name,
            ClientId = provider.ClientId,
            Mode = provider.Mode == ProxyMode.ForwardDomain ? ProviderMode.Domain : ProviderMode.Single,
            ExternalHost = OriginOf(provider.ExternalHost),
            CookieDomain = provider.Mode == ProxyMode.ForwardDomain ? provider.CookieDomain.TrimStart('.') : "",
            UnauthenticatedPaths = LinesOf(provider.SkipPathRegex),
            InterceptHeaderAuth = provider.InterceptHeaderAuth,
            IdentityBudgetBytes = provider.IdentityBudgetBytes,
            GroupChoice = provider.GroupChoice,
            GroupPrefix = provider.GroupPrefix,
            HideTicket = provider.HideTicket,
            SendAssertion = provider.SendAssertion,
            AuthorizationUrl = PublicUrls.AuthorizationOf(publicUrl),
            EndSessionUrl = PublicUrls.EndSessionOf(publicUrl, slug),
            Issuer = PublicUrls.IssuerOf(issuerUrl, slug),
            JwksUrl = PublicUrls.JwksOf(issuerUrl, slug),
            BasicAuthEnabled = provider.BasicAuthEnabled,
            BasicAuthUserAttribute = provider.BasicAuthUserAttribute,
            BasicAuthPasswordAttribute = provider.BasicAuthPasswordAttribute,
        };
    }

    private static string OriginOf(string externalHost) =>
        Uri.TryCreate(externalHost, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : externalHost;

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Pages of the outpost load nothing from elsewhere.
    private static string InlineLogo(string? logo) => logo is { Length: <= 64 * 1024 } && logo.StartsWith("data:image/", StringComparison.Ordinal) ? logo : "";
}
