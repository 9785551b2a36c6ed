using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sidecar.TestKit.Installations;

/// <summary>What an administrator's script does over <c>/api/v3/</c>. A refusal throws with the answer's text.</summary>
public sealed class AdminApi : IDisposable
{
    private readonly HttpClient _client;

    public AdminApi(Uri address, string token)
    {
        _client = new HttpClient { BaseAddress = new Uri(address, "api/v3/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonElement> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonElement> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<JsonElement> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Creates a user with a password and answers its integer key.</summary>
    public async Task<int> CreateUserAsync(string username, string password, string? name = null)
    {
        var user = await PostAsync("core/users/", new { username, name = name ?? username, email = username + "@example.com", is_active = true, path = "users" });
        var key = user.GetProperty("pk").GetInt32();
        await PostAsync($"core/users/{key}/set_password/", new { password });
        return key;
    }

    public async Task<Guid> CreateGroupAsync(string name, Guid? parent = null)
    {
        var group = await PostAsync("core/groups/", parent is null ? new { name } : new { name, parents = new[] { parent } });
        return group.GetProperty("pk").GetGuid();
    }

    public Task AddToGroupAsync(Guid group, int user) => PostAsync($"core/groups/{group}/add_user/", new { pk = user });

    public Task RemoveFromGroupAsync(Guid group, int user) => PostAsync($"core/groups/{group}/remove_user/", new { pk = user });

    /// <summary>A proxy provider with its application; answers the provider's key and the application's UUID.</summary>
    public async Task<(int Provider, Guid Application)> CreateApplicationAsync(string slug, string externalHost, JsonObject? providerFields = null, bool explicitConsent = false)
    {
        var provider = providerFields?.DeepClone().AsObject() ?? [];
        provider["name"] = slug + " provider";
        provider["external_host"] = externalHost;
        provider["mode"] ??= "forward_single";
        provider["authorization_flow"] = await FlowAsync($"default-provider-authorization-{(explicitConsent ? "explicit" : "implicit")}-consent");
        provider["invalidation_flow"] = await FlowAsync("default-provider-invalidation-flow");
        var providerKey = (await PostAsync("providers/proxy/", provider)).GetProperty("pk").GetInt32();
        var application = await PostAsync("core/applications/", new { name = slug, slug, provider = providerKey });
        return (providerKey, application.GetProperty("pk").GetGuid());
    }

    public Task BindGroupAsync(Guid application, Guid group, int order = 0) =>
        PostAsync("policies/bindings/", new { target = application, group, order, enabled = true });

    /// <summary>Puts providers on the embedded outpost and tells it its address for browsers.</summary>
    public async Task ServeOnEmbeddedOutpostAsync(Uri publicAddress, params int[] providers)
    {
        var outpost = await EmbeddedOutpostAsync();
        var config = JsonNode.Parse(outpost.GetProperty("config").GetRawText())!.AsObject();
        config["authentik_host"] = publicAddress.ToString();
        await PatchAsync($"outposts/instances/{outpost.GetProperty("pk").GetGuid()}/", new { providers, config });
    }

    /// <summary>Another outpost that serves the same providers as the embedded one; answers its token.</summary>
    public async Task<string> CreateOutpostAsync(string name, Uri publicAddress)
    {
        var providers = (await EmbeddedOutpostAsync()).GetProperty("providers").EnumerateArray().Select(provider => provider.GetInt32()).ToArray();
        var outpost = await PostAsync("outposts/instances/", new { name, type = "proxy", providers, config = new { authentik_host = publicAddress } });
        var token = await GetAsync($"core/tokens/{outpost.GetProperty("token_identifier").GetString()}/view_key/");
        return token.GetProperty("key").GetString()!;
    }

    public async Task<Guid> FlowAsync(string slug) => (await GetAsync($"flows/instances/{slug}/")).GetProperty("pk").GetGuid();

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> EmbeddedOutpostAsync() =>
        (await GetAsync("outposts/instances/?managed__iexact=goauthentik.io/outposts/embedded")).GetProperty("results")[0];

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}", null, response.StatusCode);
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
