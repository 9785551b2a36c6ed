using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Writes server-sent events, each flushed at once.</summary>
internal sealed class EventWriter(HttpResponse response)
{
    public async Task StartAsync(CancellationToken cancel)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";

        // nginx would keep events until its buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(cancel);
    }

    public async Task WriteAsync<T>(string name, long? id, T data, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        var text = new StringBuilder().Append("event: ").Append(name).Append('\n');
        if (id is { } number)
        {
            text.Append("id: ").Append(number).Append('\n');
        }

        // One line: our JSON has no line breaks.
        text.Append("data: ").Append(JsonSerializer.Serialize(data, type)).Append("\n\n");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
        await response.Body.FlushAsync(cancel);
    }
}
