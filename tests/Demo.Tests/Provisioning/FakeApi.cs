using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sidecar.Demo.Tests.Provisioning;

/// <summary>Remembers objects by path, as the REST API would, and what was asked of it.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly ConcurrentDictionary<string, JsonObject> _objects = [];

    private FakeApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<string> Writes => [.. _calls.Where(call => !call.StartsWith("GET", StringComparison.Ordinal))];

    public JsonObject Object(string collection) => _objects[collection];

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var api = new FakeApi(app);
        api._objects["outposts/instances/"] = new JsonObject { ["pk"] = Guid.NewGuid().ToString(), ["providers"] = new JsonArray(7), ["config"] = new JsonObject { ["log_level"] = "info" } };
        app.Run(api.AnswerAsync);
        await app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!["/api/v3/".Length..];
        _calls.Enqueue($"{http.Request.Method} {path}");
        var body = http.Request.ContentLength is null or 0 && !http.Request.Headers.ContainsKey("Transfer-Encoding") ? null : await JsonNode.ParseAsync(http.Request.Body);
        var collection = string.Join('/', path.Split('/')[..2]) + "/";
        var answer = http.Request.Headers.Authorization != "Bearer token" ? null : http.Request.Method switch
        {
            "GET" when path.StartsWith("flows/instances/", StringComparison.Ordinal) => new JsonObject { ["pk"] = Guid.NewGuid().ToString() },
            "GET" => new JsonObject { ["results"] = new JsonArray([.. _objects.TryGetValue(path, out var found) ? new JsonNode?[] { found.DeepClone() } : []]) },
            "POST" when path.Split('/').Length == 3 => Keep(path, body!.AsObject()),
            "PATCH" => Change(collection, body!.AsObject()),
            _ => [],
        };
        http.Response.StatusCode = answer is null ? 403 : 200;
        await http.Response.WriteAsync((answer ?? new JsonObject { ["detail"] = "Token invalid/expired" }).ToJsonString());
    }

    private JsonObject Keep(string path, JsonObject body)
    {
        body["pk"] = path is "core/users/" or "providers/proxy/" ? 42 : Guid.NewGuid().ToString();
        _objects[path] = body;
        return body.DeepClone().AsObject();
    }

    private JsonObject Change(string collection, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            _objects[collection][name] = value?.DeepClone();
        }

        return _objects[collection].DeepClone().AsObject();
    }
}
