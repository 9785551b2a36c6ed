using System.Net;

namespace Sidecar.Demo.SampleService;

/// <summary>What the service got to see.</summary>
internal sealed record SeenRequest(string Method, string Host, string Path, string? Peer, IReadOnlyList<SeenHeader> Headers)
{
    public static SeenRequest Of(HttpContext http) => new(
        http.Request.Method,
        http.Request.Host.Value ?? "",
        http.Request.Path + http.Request.QueryString,
        (http.Connection.RemoteIpAddress ?? IPAddress.None).ToString(),
        [.. http.Request.Headers.SelectMany(header => header.Value.Select(value => new SeenHeader(header.Key, value ?? ""))).OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase)]);

    public IEnumerable<SeenHeader> Identity => Headers.Where(header => header.IsIdentity);

    public IEnumerable<SeenHeader> Others => Headers.Where(header => !header.IsIdentity);

    public string User => Identity.FirstOrDefault(header => header.Name.Equals("X-authentik-username", StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
