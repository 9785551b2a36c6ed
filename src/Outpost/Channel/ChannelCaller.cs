using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;

namespace Sidecar.Outpost.Channel;

/// <summary>Sends one request of the channel and says what the answer means.</summary>
internal sealed class ChannelCaller(ILogger<ChannelCaller> logger)
{
    /// <summary>Told of every goodbye, whichever call it answered. The listener checks who says it.</summary>
    public Action<Goodbye>? GoodbyeHeard { get; set; }

    public Task<ChannelAnswer<T>> SendAsync<T>(HttpClient client, HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => SendAsync(client, request, (content, inner) => ReadJsonAsync(content, type, inner), cancel);

    public async Task<ChannelAnswer<T>> SendAsync<T>(
        HttpClient client, HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<ChannelAnswer<T>>> read, CancellationToken cancel)
        where T : class
    {
        using (request)
        {
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
                return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent
                    ? await read(response, cancel)
                    : (await ClassifyAsync(response, cancel)).Failed<T>();
            }
            catch (Exception error) when (IsAway(error, cancel))
            {
                logger.CallFailed(request.Method.Method, request.RequestUri!.ToString(), error.Message);
                return new ChannelAnswer<T>(ChannelStatus.Unavailable, null, error.Message);
            }
        }
    }

    /// <summary>What an answer other than success means.</summary>
    public async Task<ChannelAnswer<string>> ClassifyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var detail = $"status {status}";
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified:
                return new(ChannelStatus.NotModified, null, detail);
            case HttpStatusCode.NotFound:
                return new(IsOurs(response) ? ChannelStatus.NotFound : ChannelStatus.Foreign, null, Describe(response));
            case HttpStatusCode.BadRequest when IsOurs(response):
                return new(ChannelStatus.BadRequest, null, await response.Content.ReadAsStringAsync(cancel));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return await ClassifyRefusalAsync(response, cancel);
            case HttpStatusCode.ServiceUnavailable when IsOurs(response) && response.Headers.RetryAfter is not null:
                return new(ChannelStatus.NotYet, null, detail);
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout:
                return new(ChannelStatus.Unavailable, null, detail);
            default:
                return new(ChannelStatus.Foreign, null, Describe(response));
        }
    }

    public static bool IsAway(Exception error, CancellationToken cancel) =>
        error is HttpRequestException or IOException
        || (error is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <summary>Only our control plane tells its time.</summary>
    public static bool IsOurs(HttpResponseMessage response) => response.Headers.Contains(ChannelRoutes.TimeHeader);

    private async Task<ChannelAnswer<string>> ClassifyRefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await ReadJsonAsync(response, ContractsJson.Default.Goodbye, cancel);
        if (body.Value is null || !IsOurs(response))
        {
            return new(ChannelStatus.Refused, null, Describe(response));
        }

        GoodbyeHeard?.Invoke(body.Value);
        return new(ChannelStatus.Goodbye, null, body.Value.Reason);
    }

    private static async Task<ChannelAnswer<T>> ReadJsonAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancel), type);
            return value is null ? new(ChannelStatus.Foreign, null, Describe(response)) : new(ChannelStatus.Ok, value);
        }
        catch (JsonException)
        {
            return new(ChannelStatus.Foreign, null, Describe(response));
        }
    }

    /// <summary>For the administrator: status, kind of content, and the product where it says so itself.</summary>
    private static string Describe(HttpResponseMessage response)
    {
        var kind = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var target = response.Headers.Location is { } location ? $", a redirect to {location}" : "";
        return $"status {(int)response.StatusCode}, {kind}{target}{(IsAuthentik(response) ? ", from an authentik server" : "")}";
    }

    private static bool IsAuthentik(HttpResponseMessage response) =>
        response.Headers.Any(header =>
            header.Key.StartsWith("X-authentik", StringComparison.OrdinalIgnoreCase)
            || (header.Key.Equals("X-Powered-By", StringComparison.OrdinalIgnoreCase)
                && header.Value.Any(value => value.Contains("authentik", StringComparison.OrdinalIgnoreCase))));
}
