using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.OpenApi;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>A control plane that listens, and an administrator's client whose every answer is checked against the schema, where that is installed.</summary>
internal sealed class ApiPlane : IAsyncDisposable
{
    public const string AdminToken = "the first token of the administrator";

    private readonly List<HttpClient> _clients = [];

    private ApiPlane(TestPlane plane, Uri address)
    {
        Plane = plane;
        Address = address;
        Admin = ClientOf(AdminToken);
    }

    public TestPlane Plane { get; }

    public Uri Address { get; }

    public HttpClient Admin { get; }

    public static async Task<ApiPlane> StartAsync(PostgresFixture postgres, DatabaseKind kind = DatabaseKind.Sqlite, params (string Name, string Value)[] environment)
    {
        var plane = await TestPlane.CreateAsync(
            postgres, kind, [("AUTHENTIK_BOOTSTRAP_TOKEN", AdminToken), ("AUTHENTIK_BOOTSTRAP_PASSWORD", "a long password"), .. environment]);
        return new ApiPlane(plane, await plane.StartAsync());
    }

    /// <summary>Null: a client without a token.</summary>
    public HttpClient ClientOf(string? token)
    {
        var client = new HttpClient(Checked(new SocketsHttpHandler { UseCookies = false })) { BaseAddress = new Uri(Address, "/api/v3/") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }

    public async Task<JsonElement> CreateUserAsync(string username, params Guid[] groups) =>
        await Admin.SentAsync(HttpMethod.Post, "core/users/", new { username, name = username, groups }, 201);

    public async Task<Guid> CreateGroupAsync(string name, bool super = false, params Guid[] parents) =>
        (await Admin.SentAsync(HttpMethod.Post, "core/groups/", new { name, is_superuser = super, parents }, 201)).GetProperty("pk").GetGuid();

    public async Task<int> CreateProviderAsync(string name, string host = "https://wiki.example.com") =>
        (await Admin.SentAsync(HttpMethod.Post, "providers/proxy/", await ProviderBodyAsync(name, host), 201)).GetProperty("pk").GetInt32();

    public async Task<Guid> CreateApplicationAsync(string slug, int? provider = null) =>
        (await Admin.SentAsync(HttpMethod.Post, "core/applications/", new { name = slug, slug, provider }, 201)).GetProperty("pk").GetGuid();

    /// <summary>What a provider needs, to be changed by a test.</summary>
    public async Task<Dictionary<string, object?>> ProviderBodyAsync(string name, string host = "https://wiki.example.com") => new()
    {
        ["name"] = name,
        ["external_host"] = host,
        ["mode"] = "forward_single",
        ["authorization_flow"] = await FlowAsync("default-provider-authorization-implicit-consent"),
        ["invalidation_flow"] = await FlowAsync("default-provider-invalidation-flow"),
    };

    public async Task<Guid> FlowAsync(string slug) => (await Admin.GetFromJsonAsync<JsonElement>($"flows/instances/{slug}/")).GetProperty("pk").GetGuid();

    /// <summary>A client that speaks for this user, by an API token of theirs.</summary>
    public async Task<HttpClient> SignedInAsync(int user, string identifier)
    {
        await Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier, intent = "api", user }, 201);
        var key = (await Admin.GetFromJsonAsync<JsonElement>($"core/tokens/{identifier}/view_key/")).GetProperty("key").GetString();
        return ClientOf(key);
    }

    // The quick loop must not need npm: without the package it checks the answers' contents only. tests/run installs it.
    private static HttpMessageHandler Checked(HttpMessageHandler inner) =>
        AuthentikClientPackage.IsInstalled ? new SchemaHandler(SchemaDocument.Authentik, inner) : inner;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Plane.DisposeAsync();
    }
}
