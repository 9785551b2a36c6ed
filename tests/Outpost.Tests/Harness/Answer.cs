using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>What the outpost answered.</summary>
internal sealed class Answer(HttpContext context)
{
    public int Status => context.Response.StatusCode;

    public IHeaderDictionary Headers => context.Response.Headers;

    public string Body => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    public string Location => Headers.Location.ToString();

    public string[] SetCookies => [.. Headers.SetCookie.Select(value => value!)];

    public string Reason => Headers["X-Sidecar-Reason"].ToString();

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>A member of the query of <see cref="Location"/>, decoded.</summary>
    public string Query(string name) => System.Web.HttpUtility.ParseQueryString(new Uri(Location).Query)[name] ?? "";

    /// <summary><c>name=value</c> of the one cookie that is set.</summary>
    public string Cookie => SetCookies.Single().Split(';')[0];
}
