using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sidecar.ControlPlane.Tests.Policies;

/// <summary>
/// Not have-i-been-pwned but a small server that follows the contract of its range API: <c>GET /range/{first five hex digits}</c> answers "SUFFIX:COUNT" a line, with rows of
/// count 0 as padding when <c>Add-Padding: true</c> asks for it. Source: https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange.
/// </summary>
internal sealed class BreachServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, long> _known = [];

    private BreachServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public List<string> Asked { get; } = [];

    /// <summary>Null: as the contract says.</summary>
    public Func<HttpContext, IResult>? Answer { get; set; }

    public static async Task<BreachServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new BreachServer(app);
        app.MapGet("/range/{prefix}", (string prefix, HttpContext http) => server.AnswerTo(prefix, http));
        await app.StartAsync();
        return server;
    }

    public void Knows(string password, long count) => _known[HashOf(password)] = count;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

#pragma warning disable CA5350, RS0030 // The contract's.
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350, RS0030

    private IResult AnswerTo(string prefix, HttpContext http)
    {
        Asked.Add($"{prefix} {http.Request.Headers["Add-Padding"]}");
        var rows = _known.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => $"{pair.Key[5..]}:{pair.Value}").Append($"{new string('0', 35)}:0");
        return Answer?.Invoke(http) ?? Results.Text(string.Join("\r\n", rows));
    }
}
