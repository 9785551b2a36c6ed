using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>
/// Two providers of one outpost cannot have one host: it could not know whose rules count, and refuses what is claimed twice.
/// Told when it is saved, not when the first visitor is turned away.
/// </summary>
internal sealed class HostClaims(ControlPlaneContext context)
{
    /// <summary>For a provider whose addresses a request has set.</summary>
    public async Task CheckAsync(JsonBody body, ProxyProvider provider, CancellationToken cancel)
    {
        var entry = context.Entry(provider);
        var moved = entry.State == EntityState.Modified
            && (entry.Property(row => row.ExternalHost).IsModified || entry.Property(row => row.CookieDomain).IsModified || entry.Property(row => row.Mode).IsModified);
        if (!moved || body.Errors.Any)
        {
            return;
        }

        var outposts = context.OutpostProviders.Where(link => link.ProviderId == provider.Id).Select(link => link.OutpostId);
        var neighbours = context.OutpostProviders.Where(link => outposts.Contains(link.OutpostId) && link.ProviderId != provider.Id).Select(link => link.ProviderId);
        var others = await context.ProxyProviders.AsNoTracking().Where(other => neighbours.Contains(other.Id)).OrderBy(other => other.Id).ToListAsync(cancel);
        if (others.FirstOrDefault(other => FindShared(provider, other) is not null) is { } other)
        {
            body.Errors.Add(FieldOf(provider, other), $"{Refusal(provider, other)} Give one of them another address, or serve it by another outpost.");
        }
    }

    /// <summary>For an outpost that shall serve <paramref name="added"/> beside others.</summary>
    public async Task CheckAsync(JsonBody body, int[] all, int[] added, CancellationToken cancel)
    {
        var providers = await context.ProxyProviders.AsNoTracking().Where(provider => all.Contains(provider.Id)).OrderBy(provider => provider.Id).ToListAsync(cancel);
        foreach (var provider in providers.Where(provider => added.Contains(provider.Id)))
        {
            // Of two new ones the later tells.
            var other = providers.Find(other => other.Id != provider.Id && (other.Id < provider.Id || !added.Contains(other.Id)) && FindShared(provider, other) is not null);
            if (other is not null)
            {
                body.Errors.Add("providers", $"{Refusal(provider, other)} Give one of them another address, or serve it by another outpost.");
            }
        }
    }

    private static string Refusal(ProxyProvider provider, ProxyProvider other) =>
        $"The providers \"{provider.Name}\" and \"{other.Name}\" would both answer for {FindShared(provider, other)} at one outpost, which would refuse it.";

    private static string FieldOf(ProxyProvider provider, ProxyProvider other) =>
        FindShared(provider, other)!.StartsWith('*') ? "cookie_domain" : "external_host";

    private static string? FindShared(ProxyProvider one, ProxyProvider other) => ClaimedBy(one).Intersect(ClaimedBy(other), StringComparer.Ordinal).FirstOrDefault();

    // The outpost's own rule: the authority, with and without a port that the scheme implies; in domain mode everything below the domain too.
    private static IEnumerable<string> ClaimedBy(ProxyProvider provider)
    {
        if (Uri.TryCreate(provider.ExternalHost, UriKind.Absolute, out var uri))
        {
            var host = uri.IdnHost.TrimEnd('.').ToLowerInvariant();
            if (uri.IsDefaultPort)
            {
                yield return host;
            }

            yield return $"{host}:{uri.Port}";
        }

        if (provider.Mode == ProxyMode.ForwardDomain && provider.CookieDomain.Length > 0)
        {
            yield return "*." + provider.CookieDomain.ToLowerInvariant();
        }
    }
}
