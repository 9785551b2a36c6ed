using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Demo.Command;
using Sidecar.Demo.Data;

namespace Sidecar.Demo.Provisioning;

/// <summary>The example: a user in a group that may enter the sample service. A later start finds it, and only puts addresses right.</summary>
internal sealed record DemoObjects(int User, Guid Group)
{
    public const string Username = "ana";
    public const string GroupName = "Demo users";
    private const string Slug = "whoami";
    private const string ProviderName = "Whoami ForwardAuth";

    public static async Task<DemoObjects> EnsureAsync(DemoApi api, DemoPlaces places, DemoData data, CancellationToken stop)
    {
        var known = await api.FirstAsync($"core/applications/?slug={Slug}&superuser_full_list=true", stop);
        var group = await EnsureGroupAsync(api, stop);
        var user = await EnsureUserAsync(api, data, stop);
        var provider = await EnsureProviderAsync(api, places, stop);
        if (known is null)
        {
            await api.PostAsync($"core/groups/{group}/add_user/", new JsonObject { ["pk"] = user }, stop);
            await AddApplicationAsync(api, provider, group, stop);
        }

        await ServeAsync(api, places, provider, stop);
        return new DemoObjects(user, group);
    }

    private static async Task<Guid> EnsureGroupAsync(DemoApi api, CancellationToken stop) =>
        (await api.FirstAsync($"core/groups/?name={Uri.EscapeDataString(GroupName)}", stop)
            ?? await api.PostAsync("core/groups/", new JsonObject { ["name"] = GroupName }, stop)).GetProperty("pk").GetGuid();

    private static async Task<int> EnsureUserAsync(DemoApi api, DemoData data, CancellationToken stop)
    {
        if (await api.FirstAsync($"core/users/?username={Username}", stop) is { } found)
        {
            return found.GetProperty("pk").GetInt32();
        }

        var made = await api.PostAsync("core/users/", new JsonObject
        {
            ["username"] = Username,
            ["name"] = "Ana Demo",
            ["email"] = "ana@example.com",
            ["is_active"] = true,
            ["path"] = "users",
        }, stop);
        var user = made.GetProperty("pk").GetInt32();
        await api.PostAsync($"core/users/{user}/set_password/", new JsonObject { ["password"] = data.UserPassword }, stop);
        return user;
    }

    private static async Task<int> EnsureProviderAsync(DemoApi api, DemoPlaces places, CancellationToken stop)
    {
        var host = places.Sample.ToString().TrimEnd('/');
        if (await api.FirstAsync($"providers/proxy/?name__iexact={Uri.EscapeDataString(ProviderName)}", stop) is not { } found)
        {
            var made = await api.PostAsync("providers/proxy/", new JsonObject
            {
                ["name"] = ProviderName,
                ["mode"] = "forward_single",
                ["external_host"] = host,
                ["authorization_flow"] = await FlowAsync(api, "default-provider-authorization-implicit-consent", stop),
                ["invalidation_flow"] = await FlowAsync(api, "default-provider-invalidation-flow", stop),
            }, stop);
            return made.GetProperty("pk").GetInt32();
        }

        var provider = found.GetProperty("pk").GetInt32();
        if (found.GetProperty("external_host").GetString() != host)
        {
            await api.PatchAsync($"providers/proxy/{provider}/", new JsonObject { ["external_host"] = host }, stop);
        }

        return provider;
    }

    private static async Task<string> FlowAsync(DemoApi api, string slug, CancellationToken stop) =>
        (await api.GetAsync($"flows/instances/{slug}/", stop)).GetProperty("pk").GetString()!;

    private static async Task AddApplicationAsync(DemoApi api, int provider, Guid group, CancellationToken stop)
    {
        var made = await api.PostAsync("core/applications/", new JsonObject { ["name"] = "Whoami", ["slug"] = Slug, ["provider"] = provider }, stop);
        await api.PostAsync("policies/bindings/", new JsonObject
        {
            ["target"] = made.GetProperty("pk").GetString(),
            ["group"] = group.ToString(),
            ["order"] = 0,
            ["enabled"] = true,
        }, stop);
    }

    private static async Task ServeAsync(DemoApi api, DemoPlaces places, int provider, CancellationToken stop)
    {
        var outpost = await api.FirstAsync("outposts/instances/?managed__iexact=goauthentik.io/outposts/embedded", stop)
            ?? throw new DemoException("sidecar server has no embedded outpost");
        var providers = outpost.GetProperty("providers").EnumerateArray().Select(item => item.GetInt32()).Append(provider).Distinct();
        var config = JsonSerializer.SerializeToNode(outpost.GetProperty("config"))!.AsObject();
        config["authentik_host"] = places.Auth.ToString();
        await api.PatchAsync($"outposts/instances/{outpost.GetProperty("pk").GetString()}/", new JsonObject
        {
            ["providers"] = new JsonArray([.. providers.Select(item => (JsonNode)item)]),
            ["config"] = config,
        }, stop);
    }
}
