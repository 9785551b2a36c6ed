using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Applications.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary>What a request may set on an outpost.</summary>
internal sealed class OutpostFields(ControlPlaneContext context, HostClaims hosts)
{
    private const int MaxName = 255;

    public async Task ApplyAsync(JsonBody body, Outpost outpost, CancellationToken cancel)
    {
        body.Require("name", "type", "providers", "config");
        body.Ignore("pk", "providers_obj", "service_connection_obj", "refresh_interval_s", "token_identifier");
        body.OnlyEmpty("service_connection", "Outposts are not deployed from here; send null.");
        await ApplyNameAsync(body, outpost, cancel);
        if (body.TryText("type", out var type))
        {
            body.Refuses("type", type != "proxy", $"\"{type}\" is not offered; use proxy.");
        }

        if (body.Find("managed") is { } managed)
        {
            body.Refuses("managed", managed.ToString() != (outpost.Managed ?? ""), "Set by the product alone; leave it as it is.");
        }

        if (body.TryObject("config", out var config))
        {
            outpost.Config = OutpostConfigReading.Merge(body, outpost.Config, config);
        }

        if (body.TryNumbers("providers", out var providers))
        {
            await ApplyProvidersAsync(body, outpost, providers, cancel);
        }
    }

    private async Task ApplyNameAsync(JsonBody body, Outpost outpost, CancellationToken cancel)
    {
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", outpost.IsEmbedded && name != outpost.Name, "The embedded outpost cannot be renamed.")
            && !body.Refuses(
                "name", await context.Outposts.AnyAsync(other => other.Name == name && other.Id != outpost.Id, cancel), "Another outpost has this name."))
        {
            outpost.Name = name;
        }
    }

    private async Task ApplyProvidersAsync(JsonBody body, Outpost outpost, int[] providers, CancellationToken cancel)
    {
        if (body.Refuses("providers", providers.Length == 0 && !outpost.IsEmbedded, "An outpost serves at least one provider; delete it when it has nothing to do."))
        {
            return;
        }

        var known = await context.ProxyProviders.Where(provider => providers.Contains(provider.Id)).Select(provider => provider.Id).ToListAsync(cancel);
        foreach (var unknown in providers.Except(known))
        {
            body.Errors.Add("providers", $"There is no proxy provider {unknown}.");
        }

        var held = await context.OutpostProviders.Where(link => link.OutpostId == outpost.Id).ToListAsync(cancel);
        context.OutpostProviders.RemoveRange(held.Where(link => !known.Contains(link.ProviderId)));
        var added = known.Except(held.Select(link => link.ProviderId)).ToArray();
        context.OutpostProviders.AddRange(added.Select(provider => new OutpostProvider { OutpostId = outpost.Id, ProviderId = provider }));
        await hosts.CheckAsync(body, [.. known], added, cancel);
    }
}
